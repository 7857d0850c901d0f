import type { TestDesk } from './test-desk.js';

/**
 * Puts every remembered request back to where a crash between its append and its answer leaves it, with the lease run out. Waits
 * first until the answers are written, which happens behind the back of a request.
 */
export async function loseAnswers({ readStore }: TestDesk, workspaceId: string): Promise<void> {
  await readStore.run(workspaceId, async (sql) => {
    for (;;) {
      const open = await sql.rows('select 1 from idempotency where reply is null and leased_until > now() limit 1');
      if (open.length === 0) break;
    }
    await sql.rows(`update idempotency set reply = null, leased_until = now() - interval '1 s'`);
  });
}
