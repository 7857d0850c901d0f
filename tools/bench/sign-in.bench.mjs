import { paced } from './paced.mjs';
import { percentiles } from './percentiles.mjs';
import { DEMO_PASSWORD, session } from './session.mjs';

export const name = 'sign-in';
export const order = 35;

const PEOPLE = 'owner admin supervisor agent light auditor daniel aiko samir'.split(' ');
const AT_ONCE = 100;
const SECONDS = 8;
/** Below this a route is fast enough, whatever it was before. */
const FLOOR_MS = 5;

/** What signing in costs, and what it costs the others. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  const { base, authorization } = await session(desk.url);
  const pages = (seconds) =>
    paced({ base, authorization, rate: 50, seconds, request: () => ({ path: '/api/v1/tickets?limit=50' }) });
  let turn = 0;
  const signingIn = () => ({
    method: 'POST',
    path: '/api/v1/auth/login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${PEOPLE[turn++ % PEOPLE.length]}@demo.test`, password: DEMO_PASSWORD }),
  });
  await pages(2);
  const calm = await paced({ base, authorization: '', rate: 5, seconds: SECONDS, request: signingIn });
  const idle = await pages(SECONDS);
  const [during, crowd] = await Promise.all([pages(SECONDS), signInTogether(base, signingIn)]);
  const { checked, spread } = await guarded(desk);
  return [
    { what: 'at 5/s, p95', value: calm.p95, unit: 'ms', better: 'less', goal: 150 },
    { what: 'inbox page before, p99', value: idle.p99, unit: 'ms', better: 'less' },
    {
      what: `inbox page while ${AT_ONCE} sign in at once, p99`,
      value: during.p99,
      unit: 'ms',
      better: 'less',
      goal: Math.max(FLOOR_MS, 2 * idle.p99),
      note: `${crowd.in} came in, ${crowd.busy} were told to come again, ${crowd.milliseconds.toFixed(0)} ms in all`,
    },
    {
      what: 'authentication and authorisation of a request, p50',
      value: checked,
      unit: 'ms',
      better: 'less',
      goal: 1,
      note: `refused for the role (403) less refused without a token (401); p95 of the former ${spread.toFixed(2)} ms`,
    },
  ];
}

/** A hundred people at the same moment; who finds the queue full is told so at once. */
async function signInTogether(base, signingIn) {
  const began = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const { method, path, headers, body } = signingIn();
      const answer = await fetch(`${base}${path}`, { method, headers, body });
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  const count = (status) => statuses.filter((one) => one === status).length;
  return { in: count(200), busy: count(503) + count(429), milliseconds: performance.now() - began };
}

/** Both answers are refusals of the same guard, made by the same filter; only one has read a token and asked what its role may do. */
async function guarded(desk) {
  const { base, authorization } = await session(desk.url, 'agent@demo.test');
  const latencies = { with: [], without: [] };
  for (let number = 0; number < 4_000; number += 1) {
    const withToken = number % 2 === 0;
    const began = performance.now();
    const answer = await fetch(`${base}/api/v1/ledger`, withToken ? { headers: { authorization } } : {});
    await answer.arrayBuffer();
    if (answer.status !== (withToken ? 403 : 401)) throw new Error(`The ledger was answered with ${answer.status}`);
    // The first thousand warm up both.
    if (number >= 1_000) latencies[withToken ? 'with' : 'without'].push(performance.now() - began);
  }
  const [read, unread] = [percentiles(latencies.with), percentiles(latencies.without)];
  return { checked: Math.max(0, read.p50 - unread.p50), spread: read.p95 };
}
