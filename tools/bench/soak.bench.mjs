import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { caughtUp } from './caught-up.mjs';
import { memoryOf } from './memory.mjs';
import { openingRequests } from './open-tickets.bench.mjs';
import { percentiles } from './percentiles.mjs';
import { session } from './session.mjs';
import { slope } from './slope.mjs';

export const name = 'soak';
export const order = 95;
export const long = true;

/** BENCH_MINUTES makes a trial shorter. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 60);
const TICKETS_PER_DAY = 50_000;
const SAMPLE_MS = 10_000;
/** Access tokens last 15 minutes. */
const SIGN_IN_MS = 10 * 60_000;
/** What caches and compiled code take at first is not a leak. */
const WARM_UP = 0.25;

/**
 * A desk at work: each ticket is opened, listed, read, noted, replied to and solved, as many an hour as 50,000 a day make.
 * @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure({ desk, dataFolder }) {
  let member = await session(desk.url);
  const opening = openingRequests(95);
  const [latencies, samples, running, failures] = [[], [], [], []];
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const end = MINUTES * 60_000;
  const interval = (24 * 3_600_000) / TICKETS_PER_DAY;
  let [nextSample, nextSignIn] = [0, SIGN_IN_MS];

  for (let number = 0; number * interval < end; number += 1) {
    await pause(Math.max(0, number * interval - elapsed()));
    if (elapsed() >= nextSignIn) {
      member = await session(desk.url);
      nextSignIn += SIGN_IN_MS;
    }
    if (elapsed() >= nextSample) {
      samples.push({ hours: elapsed() / 3_600_000, ...memoryOf(dataFolder) });
      nextSample += SAMPLE_MS;
    }
    running.push(oneTicket(member, opening(), latencies).catch((error) => failures.push(error)));
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  await caughtUp(desk);

  const warm = samples.slice(Math.ceil(samples.length * WARM_UP));
  const [first, last] = [latencies.slice(0, latencies.length / 4), latencies.slice((latencies.length * 3) / 4)];
  const note = `${MINUTES} minutes, ${running.length} tickets, ${latencies.length} requests`;
  return [
    { what: 'a request, p95, first quarter', value: percentiles(first).p95, unit: 'ms', better: 'less', note },
    { what: 'a request, p95, last quarter', value: percentiles(last).p95, unit: 'ms', better: 'less' },
    ...['api', 'worker', 'postgres', 'redis'].map((program) => ({
      what: `memory of ${program}, slope`,
      value: slope(warm.map((sample) => [sample.hours, sample[program]])),
      unit: 'MB/h',
      better: 'less',
      note: `${Math.round(warm.at(0)[program])} → ${Math.round(warm.at(-1)[program])} MB`,
    })),
    { what: 'parked streams', value: await parked(desk), unit: '', better: 'less', goal: 0 },
  ];
}

async function oneTicket({ call }, { method, headers, body }, latencies) {
  const opened = await timed(latencies, () => call('/tickets', { method, headers, body }));
  const { id } = await opened.json();
  const written = { headers: { 'ledger-position': opened.headers.get('ledger-position') } };
  const post = (path, content, extra = {}) =>
    timed(latencies, () =>
      call(`/tickets/${id}/${path}`, {
        method: 'POST',
        headers: { 'idempotency-key': randomUUID(), ...extra },
        body: JSON.stringify(content),
      }),
    ).then(drained);
  await timed(latencies, () => call('/tickets?limit=50', written)).then(drained);
  await timed(latencies, () => call(`/tickets/${id}?include=timeline`, written)).then(drained);
  await post('notes', { body: 'Looked at the device; the cable is loose.' });
  await post('replies', { body: 'Please push the cable in and try once more.' });
  await post('solve', {}, { 'if-match': '*' });
}

async function timed(latencies, request) {
  const began = performance.now();
  const answer = await request();
  if (!answer.ok) throw new Error(`${answer.url} was answered with ${answer.status}: ${await answer.text()}`);
  latencies.push(performance.now() - began);
  return answer;
}

const drained = (answer) => answer.arrayBuffer();

async function parked({ environment }) {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query('select count(*)::int as parked from parked_event');
    return rows[0].parked;
  } finally {
    await client.end();
  }
}
