import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDesk } from '../desk/desk.mjs';
import { processWithOrders } from '../orders.mjs';
import { keepEvidence } from './evidence.mjs';
import { judging } from './judgement.mjs';
import { planOf } from './plan.mjs';
import { playRound } from './round.mjs';

/** A timer whose worker died while it held it is free again after its leases, of the table and of the queue. */
const LONGEST_TIMER_MS = 150_000;
const LONGEST_ROUND_MS = 180_000;

/**
 * Plays rounds on one desk until one is red, and at the end holds the whole ledger against the read models once more.
 * @param {{ rounds: number, from: number, seed: string, only?: string, store: string, plant?: import('../plants/plants.mjs').Plant }} options
 * @param {{ say: (line: string) => void, isEnough: (findings: object[]) => boolean,
 *   isWorthKeeping: (findings: object[]) => boolean }} watch `isEnough` ends the run; `isWorthKeeping` says whether what was found
 *   needs a person, who then needs the evidence
 * @returns {Promise<{ findings: { assertion: string, what: string }[], evidence?: string, totals: object }>}
 */
export async function play({ rounds, from, seed, only, store, plant }, { say, isEnough, isWorthKeeping }) {
  const desk = await startDesk({ store, plant });
  process.once('exit', desk.abandon);
  const journalFile = join(desk.folder, 'journal.jsonl');
  if (desk.disk.why !== undefined) say(`The disk can not be made full here, so L7 is left out: ${desk.disk.why}.`);
  const checker = processWithOrders({
    script: join(import.meta.dirname, '../checker/main.mjs'),
    folder: desk.folder,
    name: 'checker',
    args: [
      JSON.stringify({ file: journalFile, nodes: desk.urls, owners: desk.owners, password: desk.ownerPassword, seed }),
    ],
  });
  const judge = judging({ folder: desk.folder, journalFile, environment: desk.environment });
  const plan = planOf(seed, { only, store, hasDisk: desk.disk.why === undefined });
  const totals = { rounds: 0, operations: 0, ok: 0, fail: 0, unknown: 0, timers: 0, seconds: 0, shown: new Set() };
  const findings = [];
  let evidence;
  try {
    for (const statement of plant?.sql ?? []) await judge.sql(statement);
    findings.push(...(await judge.models()));
    judge.endRound();
    for (let round = from; round < from + rounds && !isEnough(findings); round += 1) {
      const result = await patiently(playRound({ desk, checker, judge, plan: plan(round), seed, round }), round);
      say(lineOf(round, result));
      totals.rounds += 1;
      for (const id of result.shown) totals.shown.add(id);
      for (const key of ['operations', 'ok', 'fail', 'seconds']) totals[key] += result[key];
      totals.unknown += result.unknown.before;
      findings.push(...result.findings);
    }
    if (findings.length === 0) findings.push(...(await lastJudgement(desk, judge)));
    totals.timers = judge.timers();
  } catch (error) {
    findings.push({ assertion: 'harness-works', what: error.stack });
  }
  await Promise.all([checker.end(), judge.close()]);
  if (isWorthKeeping(findings)) evidence = await keepEvidence(desk, findings);
  await desk.stop();
  process.off('exit', desk.abandon);
  if (evidence === undefined) desk.remove();
  else desk.disk.remove();
  return { findings, evidence, totals };
}

/** @throws when a round does not end: something waits for ever, in the desk or in the harness */
async function patiently(playing, round) {
  const patience = new AbortController();
  const late = pause(LONGEST_ROUND_MS, undefined, { signal: patience.signal }).then(() => {
    throw new Error(`Round ${round} did not end within ${LONGEST_ROUND_MS / 1_000} s.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([playing, late]);
  } finally {
    patience.abort();
  }
}

/** What can only be said at the end: every timer has gone off, nothing is put aside, and a rebuild changes no row. */
async function lastJudgement(desk, judge) {
  const findings = [];
  for (const deadline = Date.now() + LONGEST_TIMER_MS; judge.open().length > 0 && Date.now() < deadline;) {
    await pause(500);
    findings.push(...(await judge.read()), ...judge.endRound());
  }
  for (const what of judge.open())
    findings.push({ assertion: 'effects-once', what: `${what} was promised and never happened` });
  const parked = await judge.sql('select consumer, stream from parked_event');
  for (const { consumer, stream } of parked)
    findings.push({ assertion: 'nothing-parked', what: `${consumer} ${stream}` });
  try {
    await desk.command('rebuild', '--verify');
  } catch (error) {
    findings.push({ assertion: 'read-model-is-fold', what: `a rebuild gives other rows: ${error.message}` });
  }
  return findings;
}

function lineOf(round, { what, findings, seconds, operations, ok, fail, unknown }) {
  const verdict =
    findings.length === 0 ? '✓' : `✗ ${[...new Set(findings.map(({ assertion }) => assertion))].join(', ')}`;
  const counts = `${operations} operations, ${ok} ok, ${fail} refused, ${unknown.before} unknown → ${unknown.after}`;
  return `round ${String(round).padStart(3)}  ${what.join('; ')}  ·  ${counts}  ·  ${seconds.toFixed(1)} s  ${verdict}`;
}
