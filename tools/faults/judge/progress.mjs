import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const LONGEST_CATCH_UP_MS = 40_000;

/**
 * Listens to every commit of the followers of the ledger. Positions only rise, whoever commits them, except that a Postgres that was
 * killed may take back what had not reached its disk.
 * @param {string} url
 * @param {(position: string) => bigint} orderOf
 */
export function progressOf(url, orderOf) {
  let positions = new Map();
  const findings = [];
  let client;
  let closed = false;
  const listen = async () => {
    while (!closed) {
      positions = new Map();
      client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
      const lost = new Promise((resolve) => client.on('error', resolve).on('end', resolve));
      client.on('notification', ({ payload }) => heard(payload));
      await client
        .connect()
        .then(() => client.query('listen ld_progress'))
        .then(
          () => lost,
          () => undefined,
        );
      client.end().catch(() => undefined);
      await pause(50);
    }
  };
  const heard = (payload) => {
    const [consumer, text] = payload.split(' ');
    const position = orderOf(text);
    const before = positions.get(consumer) ?? 0n;
    if (position < before)
      findings.push({ assertion: 'no-stale-commit', what: `${consumer} went back from ${before} to ${position}` });
    positions.set(consumer, position);
  };
  const listening = listen();
  return {
    take: () => findings.splice(0),
    async close() {
      closed = true;
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
}

/** Waits until every follower has read the ledger up to an event. Gives those that did not get there. */
export async function caughtUp(client, { order }, orderOf) {
  for (const deadline = Date.now() + LONGEST_CATCH_UP_MS; ;) {
    const { rows } = await client.query('select name, position from ledger_checkpoint order by name');
    const late = rows.filter(({ position }) => orderOf(position) < BigInt(order));
    if (late.length === 0) return [];
    if (Date.now() > deadline)
      return late.map(({ name }) => ({ assertion: 'followers-catch-up', what: `${name} does not reach ${order}` }));
    await pause(30);
  }
}
