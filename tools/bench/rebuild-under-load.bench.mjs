import { openingRequests } from './open-tickets.bench.mjs';
import { paced } from './paced.mjs';
import { rebuilt } from './rebuilt.mjs';
import { session } from './session.mjs';

export const name = 'rebuild under load';
/** After the tickets that it has to fold, and before the desk is filled with a hundred thousand. */
export const order = 25;

const WRITES = 50;
const READS = 20;
const SECONDS = 12;

/**
 * What readers notice of a rebuild: pages of the inbox while 50 tickets a second are opened, before and while every read model is
 * built again beside the one that is read. @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure({ desk }) {
  const { base, authorization } = await session(desk.url);
  const paging = () =>
    paced({
      base,
      authorization,
      rate: READS,
      seconds: SECONDS,
      request: () => ({ path: '/api/v1/tickets?limit=50' }),
    });
  const working = (seed) =>
    paced({ base, authorization, rate: WRITES, seconds: SECONDS, request: openingRequests(seed) });
  const [before] = await Promise.all([paging(), working(251)]);
  const rebuilding = rebuilt(desk, '--switch');
  const [during] = await Promise.all([paging(), working(252)]);
  const seconds = await rebuilding;
  const note = `${WRITES} tickets/s, ${READS} pages/s`;
  return [
    { what: 'inbox page before, p95', value: before.p95, unit: 'ms', better: 'less', note },
    {
      what: 'inbox page during, p95',
      value: during.p95,
      unit: 'ms',
      better: 'less',
      note: `none failed; the rebuild took ${seconds} s`,
    },
  ];
}
