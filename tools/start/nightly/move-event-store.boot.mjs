import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkout } from '../../services/places.mjs';
import { Moving, ledgerOf, readTicket, signIn } from '../moving.fixture.mjs';
import { READY_MS } from '../npm-start.fixture.mjs';
import { openTicket, typed } from '../typed.fixture.mjs';

const moving = new Moving();
let server;

afterAll(async () => {
  await moving.end();
  server?.stdin.end();
});

/** EventStoreDB as our stand-in speaks it: a green test says nothing of a real server. */
async function loopback() {
  server = spawn(process.execPath, [join(checkout, 'libs/testing/eventstoredb/serve.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(server.stdout, 'data');
  return JSON.parse(line).url;
}

/** Verifies in a home with its own key and those of the homes before it. */
async function proof({ data }, ...others) {
  const keys = await Promise.all(
    [{ data }, ...others].map(async (home) => (await typed(home.data, 'seals', '--public-key')).trim()),
  );
  return typed(data, 'verify', '--workspace', 'northwind', '--public-key', ...keys);
}

describe('a workspace that moves from Postgres to EventStoreDB and back', () => {
  it(
    'M2 keeps ids, order and hashes over three desks, and takes along what happened on the way',
    async () => {
      const env = { EVENTSTORE_URL: await loopback() };
      const from = await moving.firstHome();
      const middle = await moving.desk('middle', env);
      const out = await moving.export(from, 'out');
      const before = await ledgerOf(from);
      expect(await typed(middle.data, ...moving.importing(out.file))).toContain(
        `${out.events} events imported, 0 were`,
      );
      expect(await typed(middle.data, ...moving.importing(out.file))).toContain('0 events imported');
      expect(await ledgerOf(middle)).toEqual([]);
      expect(await proof(middle, from)).not.toContain('not checked');
      const there = await signIn(middle);
      const shown = await readTicket(there, from.ticket.id);
      expect(shown).toEqual(await readTicket(from.owner, from.ticket.id));
      const onTheWay = await openTicket(there, 'On the way');
      expect(onTheWay.number).toBe(from.ticket.number + 1);
      expect((await readTicket(there, onTheWay.id)).requester).toEqual(shown.requester);

      const home = await moving.desk('back');
      await typed(middle.data, 'seals', '--now');
      const back = await moving.export(middle, 'back');
      expect(back.events).toBeGreaterThan(out.events);
      expect(await typed(home.data, ...moving.importing(back.file))).toContain(`${back.events} events imported`);
      const after = await ledgerOf(home);
      expect(after).toHaveLength(back.events);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(await proof(home, from, middle)).toContain('only their chains were checked: 0 events');
      expect((await readTicket(await signIn(home), onTheWay.id)).requester).toEqual(shown.requester);
    },
    4 * READY_MS,
  );
});
