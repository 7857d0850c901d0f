import type { EventStore } from '@ledgerdesk/event-store';
import { Client } from 'pg';
import type { TestDesk } from './test-desk.js';

const PAGE = 4_096;

/** How many events the whole ledger holds. */
export async function countEvents(store: EventStore): Promise<number> {
  let count = 0;
  let after = '';
  for (;;) {
    const page = await store.readAll({ after, max: PAGE });
    count += page.length;
    after = page.at(-1)?.position ?? after;
    if (page.length < PAGE) return count;
  }
}

/** Changes bytes of stored events behind the back of everybody, as only somebody with the keys of the server can. */
export async function tamper(
  { database, loopback }: TestDesk,
  aggregateId: string,
  from: string,
  to: string,
): Promise<void> {
  if (loopback) {
    loopback.log.tamper((stream) => stream.endsWith(aggregateId), from, to);
    return;
  }
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('alter table events disable trigger user');
  await admin.query('update events set data = replace(data, $2, $3) where stream like $1', [
    `%${aggregateId}`,
    from,
    to,
  ]);
  await admin.query('alter table events enable trigger user');
  await admin.end();
}
