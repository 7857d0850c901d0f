import { io, type Socket } from 'socket.io-client';
import { found, plant, type Planted } from './canaries.js';
import { deskUrl } from './desk.js';
import { describedOperations, eventually, type Member, memberOf, type Operation } from './member.js';
import { dumpRedis, dumpTables, logs, readModelTables } from './storage.js';

interface Side {
  readonly owner: Member;
  readonly planted: Planted;
  readonly socket: Socket;
  readonly frames: string[];
}

/** Signs the owner of a workspace in, listens to everything that is pushed to them, and fills the workspace. */
async function sideOf(email: string): Promise<Side> {
  const owner = await memberOf(email);
  const socket = io(`${deskUrl}/desk`, {
    transports: ['websocket'],
    reconnection: false,
    auth: { token: owner.token },
  });
  const frames: string[] = [];
  socket.onAny((...frame: unknown[]) => frames.push(JSON.stringify(frame)));
  await new Promise((resolve) => socket.once('ready', resolve));
  return { owner, socket, frames, planted: await plant(owner) };
}

function ask(socket: Socket, message: string, content: object): Promise<unknown> {
  return new Promise((resolve) => socket.emit(message, content, resolve));
}

/** Sends what the description shows, to things of one side, with the credential of another. */
async function attempt({ owner }: Side, { planted }: Side, { method, path, example }: Operation): Promise<void> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => planted.ids[name as keyof Planted['ids']]);
  const body = typeof example === 'object' && example !== null ? ownIds(example, planted) : example;
  await owner.ask(method, address, body);
}

/** The example with ids of the side that it is aimed at. */
function ownIds(example: object, { ids }: Planted): object {
  const named = { assigneeId: ids.memberId, memberId: ids.memberId, ticketId: ids.ticketId };
  return { ...example, ...Object.fromEntries(Object.entries(named).filter(([key]) => key in example)) };
}

describe('two workspaces with words of their own', () => {
  let demo: Side;
  let globex: Side;
  let operations: readonly Operation[];

  beforeAll(async () => {
    [demo, globex, operations] = await Promise.all([
      sideOf('owner@demo.test'),
      sideOf('owner@globex.test'),
      describedOperations(),
    ]);
    // It would ask everybody on the shared desk for a second factor, which none of the other journeys has.
    operations = operations.filter(({ name }) => name !== 'changeSecurityPolicy');
    for (const side of [demo, globex]) {
      const { ticketId, customerId } = side.planted.ids;
      for (const path of [
        `/tickets/${ticketId}?include=timeline`,
        `/tickets/${ticketId}/ledger?texts=true`,
        `/customers/${customerId}`,
        '/customers',
        `/tickets?q=${side.planted.words.body}`,
      ]) {
        await side.owner.get(path);
      }
    }
  });

  afterAll(() => {
    for (const { socket } of [demo, globex]) socket.disconnect();
  });

  it('A1 A2 A10 neither hears a word of the other, whatever it asks and wherever it writes', async () => {
    for (const [side, other] of [
      [demo, globex],
      [globex, demo],
    ] as const) {
      for (const operation of operations) await attempt(side, other, operation);
      for (const word of Object.values(other.planted.words)) {
        for (const path of [`/tickets?q=${word}`, `/tickets?q=-${word}`, `/customers?q=${word.slice(0, -1)}`])
          await side.owner.ask('GET', path);
      }
      expect(await ask(side.socket, 'watch', { ticketId: other.planted.ids.ticketId })).toMatchObject({
        error: { code: 'ticket.not-found' },
      });
    }
    // Work that is allowed, so that there is something to push and to mix up; an erasure would leave nothing to look for.
    const allowed = operations.filter(({ name }) => !name.startsWith('erase'));
    for (const side of [demo, globex]) {
      await ask(side.socket, 'watch', { ticketId: side.planted.ids.ticketId });
      for (const operation of allowed) await attempt(side, side, operation);
    }
    for (const [side, other] of [
      [demo, globex],
      [globex, demo],
    ] as const) {
      expect(found(Object.values(other.planted.words), [...side.owner.heard, ...side.frames])).toEqual([]);
    }
  });

  it('each hears its own words, by answers and by pushes', () => {
    for (const { owner, frames, planted } of [demo, globex]) {
      const words = Object.values(planted.words);
      expect(found(words, owner.heard)).toEqual(words);
      expect(found([planted.words.subject, planted.words.renamed], frames)).toHaveLength(2);
    }
  });

  it('A16 what is answered is for one reader, and no cache', () => {
    const answers = demo.owner.heard.map((text) => JSON.parse(text) as [number, Record<string, string>]);
    expect(answers.length).toBeGreaterThan(operations.length);
    expect(new Set(answers.map(([, headers]) => headers['cache-control']))).toEqual(new Set(['private, no-store']));
  });

  it('the words stand in no table but those of read models, in no key of Redis and in no log', async () => {
    const words = [demo, globex].flatMap(({ planted }) => Object.values(planted.words));
    const readModels = await readModelTables();
    const tables = await eventually(dumpTables, (dump) => {
      const rows = readModels.flatMap((name) => dump.get(name) ?? []);
      return [demo, globex].every(({ planted }) => found([planted.words.body], rows).length === 1);
    });
    for (const [name, rows] of tables) {
      if (!readModels.includes(name)) expect({ name, found: found(words, rows) }).toEqual({ name, found: [] });
    }
    // With the ledger elsewhere its table is empty.
    const filled = process.env.E2E_EVENT_STORE === undefined ? ['events', 'idempotency'] : ['idempotency'];
    for (const name of filled) expect(tables.get(name)?.length).toBeGreaterThan(0);
    // A search for nothing finds nothing: the same words must be found where they may stand.
    const { subject, renamed, body, message, reply, note, name, address, customernote } = demo.planted.words;
    const readable = readModels.flatMap((table) => tables.get(table) ?? []);
    const expected = [subject, renamed, body, message, reply, note, name, address, customernote];
    expect(found(expected, readable)).toEqual(expected);

    expect(found(words, await dumpRedis())).toEqual([]);
    for (const [part, text] of logs()) expect({ part, found: found(words, [text]) }).toEqual({ part, found: [] });
    expect(logs().get('api.log')).toContain('OpenTicket');
  });
});
