import { openingRequests } from './open-tickets.bench.mjs';
import { percentiles } from './percentiles.mjs';
import { session } from './session.mjs';

export const name = 'visible';
export const order = 30;

const PER_SECOND = 200;
const SECONDS = 10;

/**
 * From the answer of a write to the answer of a list that was asked to hold it. The time of the read is in the figure, so the row was
 * visible earlier than it says.
 * @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure({ desk }) {
  const { call } = await session(desk.url);
  const opening = openingRequests(PER_SECOND);
  const delays = [];
  const once = async () => {
    const { method, path, headers, body } = opening();
    const written = await call(path.slice('/api/v1'.length), { method, headers, body });
    if (written.status !== 201) throw new Error(`Opening a ticket was answered with ${written.status}`);
    const committed = performance.now();
    await written.arrayBuffer();
    const seen = await call('/tickets?limit=1', {
      headers: { 'ledger-position': written.headers.get('ledger-position') },
    });
    await seen.arrayBuffer();
    if (seen.headers.has('ledger-stale')) throw new Error('A ticket was not visible after two seconds');
    delays.push(performance.now() - committed);
  };
  const running = [];
  const began = performance.now();
  for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
    const wait = began + (index * 1_000) / PER_SECOND - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(once());
  }
  await Promise.all(running);
  const { p50, p99 } = percentiles(delays);
  return [
    { what: `committed → in the list at ${PER_SECOND}/s, p50`, value: p50, unit: 'ms', better: 'less' },
    {
      what: `committed → in the list at ${PER_SECOND}/s, p99`,
      value: p99,
      unit: 'ms',
      better: 'less',
      goal: 100,
      note: 'the read included',
    },
  ];
}
