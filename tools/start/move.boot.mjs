import { Moving, eventually, ledgerOf, readTicket, signIn, timersOf } from './moving.fixture.mjs';
import { READY_MS } from './npm-start.fixture.mjs';
import { inDatabaseOf, openTicket, typed, typing } from './typed.fixture.mjs';

const moving = new Moving();

afterAll(() => moving.end());

describe('a workspace that moves from one running desk to another', () => {
  it(
    'M2 keeps ids, order and hashes, also when the import is killed in the middle, and life goes on in the new home',
    async () => {
      const [from, to] = await Promise.all([moving.firstHome(), moving.desk('to')]);
      expect(to.key).not.toBe(from.key);
      const { file, events } = await moving.export(from, 'moved');
      const before = await ledgerOf(from);
      expect(before).toHaveLength(events);

      await killedInTheMiddle(to, before[Math.floor(events / 2)], moving.importing(file));
      const begun = await ledgerOf(to);
      expect(begun.length).toBeGreaterThan(0);
      expect(begun.length).toBeLessThan(events);
      expect(begun).toEqual(before.slice(0, begun.length));
      await expect(signIn(to)).rejects.toThrow('401');

      const said = await typed(to.data, ...moving.importing(file));
      expect(said).toContain(`northwind: ${events - begun.length} events imported, ${begun.length} were there before.`);
      expect(await ledgerOf(to)).toEqual(before);
      expect(await typed(to.data, ...moving.importing(file))).toContain(
        `northwind: 0 events imported, ${events} were there`,
      );

      const owner = await signIn(to);
      const here = await readTicket(owner, from.ticket.id);
      expect(here).toEqual(await readTicket(from.owner, from.ticket.id));
      expect(here).toMatchObject({ number: from.ticket.number, subject: 'Before the move', status: 'pending' });
      await eventually(() => followed(to));
      const timers = await timersOf(to);
      expect(timers).toEqual(await timersOf(from));
      expect(timers.map(({ subject }) => subject)).toContain(from.ticket.id);
      // What had to be done was done in the old home: nothing was done, and so nothing sent, once more.
      expect(await ledgerOf(to)).toEqual(before);

      const next = await openTicket(owner, 'After the move');
      expect(next.number).toBe(from.ticket.number + 1);
      expect((await readTicket(owner, next.id)).requester).toEqual(here.requester);
      expect(await typed(to.data, ...moving.importing(file))).toContain('events have happened here since.');

      await typed(to.data, 'seals', '--now');
      const ownKey = (await typed(to.data, 'seals', '--public-key')).trim();
      const proof = await typed(to.data, 'verify', '--workspace', 'northwind', '--public-key', from.publicKey, ownKey);
      expect(proof).toMatch(/^Not sealed yet, so only their chains were checked: 0 events\.$/m);
      expect(proof).not.toContain('not checked');
      const stranger = await typing(to.data, 'verify', '--workspace', 'northwind', '--public-key', from.publicKey)
        .ended;
      expect(stranger).toMatchObject({ code: 1, output: expect.stringContaining('is not signed by a key') });
      const unknown = await typed(to.data, 'verify', '--workspace', 'northwind');
      expect(unknown).toContain('seals of another installation were not checked');
    },
    3 * READY_MS,
  );
});

/** Holds one event back, so that the command stops there for certain, and kills it. */
function killedInTheMiddle({ data }, { stream, revision }, command) {
  return inDatabaseOf(data, async (client) => {
    const waiting = async () => {
      const { rows } = await client.query(
        `select pid from pg_locks where not granted and locktype = 'transactionid' and pg_backend_pid() = any(pg_blocking_pids(pid))`,
      );
      return rows[0];
    };
    await client.query('begin');
    await client.query(
      `insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
       values (1e15, $1, $2, gen_random_uuid(), gen_random_uuid(), 'Held', '{}', '{}')`,
      [stream, revision],
    );
    const { child, ended } = typing(data, ...command);
    const { pid } = await Promise.race([
      eventually(waiting),
      ended.then(({ output }) => Promise.reject(new Error(`It ended by itself:\n${output}`))),
    ]);
    child.kill('SIGKILL');
    await ended;
    await client.query('rollback');
    // The database finishes the statement that it was given before it notices.
    await eventually(async () => {
      const left = await client.query('select from pg_stat_activity where pid = $1', [pid]);
      return left.rowCount === 0;
    });
  });
}

/** Whether every follower of the ledger has seen all of it. */
const followed = ({ data }) =>
  inDatabaseOf(data, async (client) => {
    const { rows } = await client.query(
      `select bool_and(position::numeric >= (select max(global_position) from events)) as all
       from ledger_checkpoint where name like 'reaction:%'`,
    );
    return rows[0].all;
  });
