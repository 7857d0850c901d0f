import { setTimeout as pause } from 'node:timers/promises';
import { dieAt } from '../faults/points.mjs';
import { judgeAnswers, judgeUnknown, operationsOf } from '../judge/answers.mjs';
import { judgeClocks } from '../judge/clocks.mjs';
import { judgeWindows } from '../judge/windows.mjs';
import { randomOf } from '../random.mjs';

/** The clients find their way into the round before anything breaks. */
const QUIET_MS = 400;
const SHORTEST_LOAD_MS = 3_500;
const REPEATED = 25;

/**
 * One round: load, faults, everything mended, and then the judgement. Gives what was done and everything that was not as it must be.
 * @param {{ desk: object, checker: object, judge: ReturnType<typeof import('./judgement.mjs').judging>, plan: object, seed: string, round: number }} options
 */
export async function playRound({ desk, checker, judge, plan, seed, round }) {
  const began = Date.now();
  const findings = [];
  const windows = [];
  const around = {
    desk,
    checker,
    sql: judge.sql,
    lines: judge.lines,
    round,
    pause,
    found: (assertion, what) => findings.push({ assertion, what }),
    mustHear: (window) => windows.push(window),
  };
  const chance = (what) => ({ ...around, random: randomOf(seed, round, what) });

  await checker.order('work', { round });
  await pause(QUIET_MS);
  const pointsOver = Promise.all(plan.points.map((point) => dieAt(point, chance(point.name))));
  await pause(randomOf(seed, round, 'when').between(0, 900));
  const fault = await plan.fault.run({ ...chance(plan.fault.name), pointsOver });
  const deaths = await pointsOver;
  await pause(Math.max(0, began + SHORTEST_LOAD_MS - Date.now()));
  await desk.heal();
  await checker.order('rest');

  findings.push(...(await judge.read()));
  findings.push(...judgeUnknown(judge.lines(), judge.events()));
  const { before, never } = await checker.order('settle');
  const { operations } = await checker.order('again', { most: REPEATED });
  findings.push(...(await judge.models()));

  const lines = judge.lines();
  findings.push(
    ...judgeAnswers(lines, judge.events()),
    ...judgeWindows(lines, windows),
    ...judgeClocks(judge.events(), began, Date.now()),
    ...judge.takeProgress(),
    ...desk.programs
      .flatMap((program) => program.takeSurprises())
      .map((what) => ({ assertion: 'processes-stay', what })),
  );
  findings.push(...judge.endRound());
  const outcomes = operationsOf(lines).map(({ answers }) => answers.at(-1)?.phase);
  return {
    what: [...deaths, fault],
    shown: [plan.fault.must, ...plan.points.map(({ id }) => id)].flatMap((text) => text.match(/\b[A-Z]\d+\b/g)),
    findings,
    seconds: (Date.now() - began) / 1_000,
    operations,
    ok: outcomes.filter((outcome) => outcome === 'ok').length,
    fail: outcomes.filter((outcome) => outcome === 'fail').length,
    unknown: { before, after: never.length },
  };
}
