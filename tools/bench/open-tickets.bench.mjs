import { randomUUID } from 'node:crypto';
import { caughtUp } from './caught-up.mjs';
import { load } from './load.mjs';
import { paced } from './paced.mjs';
import { session } from './session.mjs';
import { textSource } from './texts.mjs';

export const name = 'open tickets';
export const order = 20;

/** A request that opens a ticket; one in five comes from somebody new. */
export function openingRequests(seed) {
  const texts = textSource(seed);
  let made = 0;
  return () => {
    made += 1;
    const person = texts.random() < 0.2 ? `new-${seed}-${made}` : `regular-${Math.floor(texts.random() * 500)}`;
    return {
      method: 'POST',
      path: '/api/v1/tickets',
      headers: { 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        subject: texts.subject(),
        body: texts.body(),
        requester: { email: `${person}@bench.test`, name: `Person ${person}` },
      }),
    };
  };
}

/** Rates last until the read models have caught up, not only until the last answer. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  const { base, authorization } = await session(desk.url);
  const run = async (options) => {
    const began = performance.now();
    const loaded = await load({ base, authorization, request: openingRequests(options.connections), ...options });
    await caughtUp(desk);
    return { ...loaded, perSecond: (loaded.sent * 1_000) / (performance.now() - began) };
  };
  await run({ connections: 16, amount: 4_000 });
  const eight = await run({ connections: 8, seconds: 10 });
  const many = await run({ connections: 32, seconds: 10 });
  const calm = await paced({ base, authorization, request: openingRequests(50), rate: 50, seconds: 10 });
  return [
    { what: '8 at once', value: eight.perSecond, unit: '/s', better: 'more', goal: 1_240, floor: 500 },
    { what: '8 at once, p99', value: eight.p99, unit: 'ms', better: 'less', goal: 150 },
    { what: '32 at once', value: many.perSecond, unit: '/s', better: 'more', goal: 1_240, floor: 500 },
    { what: '32 at once, p99', value: many.p99, unit: 'ms', better: 'less', goal: 150 },
    { what: 'at 50/s, p95', value: calm.p95, unit: 'ms', better: 'less', goal: 20 },
  ];
}
