import { CommandRunner, EVENT_STORE, EventCodec, IssuedBy, KeyRing } from '@ledgerdesk/event-store';
import { EraseCustomer, EraseCustomerHandler, EraseTextsAbout, EraseTextsAboutHandler } from '@ledgerdesk/privacy';
import { projectConnections } from '@ledgerdesk/read-store';
import { ErasureDesk, type Person } from './spec/erasure-desk.js';

class Killed extends Error {}

/** Stops the process, so to speak, at one of its calls: before it was made, or after it was made and before anybody knew. */
function mortal<T extends object>(tool: T, names: readonly string[], life: { calls: number; after: boolean }): T {
  return new Proxy(tool, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const call = (...parts: unknown[]): unknown => Reflect.apply(member, target, parts);
      if (typeof name !== 'string' || !names.includes(name)) return call;
      return async (...parts: unknown[]) => {
        life.calls -= 1;
        if (life.calls < 0 && !life.after) throw new Killed();
        const result = await call(...parts);
        if (life.calls < 0) throw new Killed();
        return result;
      };
    },
  });
}

describe('M6 an erasure that is stopped', () => {
  let here: ErasureDesk;

  beforeAll(async () => {
    here = await ErasureDesk.start({ worker: false });
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  /** Runs both halves of an erasure as a worker would; `life` is how many calls it lives. */
  async function carryOut(person: Person, life = { calls: Infinity, after: false }): Promise<void> {
    const { app, database } = here.desk;
    const connections = projectConnections(database.projectUrl);
    const store = app.get(EVENT_STORE);
    const runner = mortal(app.get(CommandRunner), ['run', 'runAll'], life);
    const keys = mortal(app.get(KeyRing), ['destroy'], life);
    const issued = { workspaceId: here.admin.workspaceId, actor: 'system:erase-person', correlationId: 'c' } as const;
    try {
      const erase = new EraseCustomer(person.customerId);
      new IssuedBy({ ...issued, commandId: `erase ${person.customerId}` }).attachTo(erase);
      await new EraseCustomerHandler(store, app.get(EventCodec), keys, runner).execute(erase);
      const { rows } = await here.database.query<{ stream: string; revision: number }>(
        `select stream, revision from events where type = 'CustomerErased' and stream like $1`,
        [`%${person.customerId}`],
      );
      const [{ stream, revision } = { stream: '', revision: 0 }] = rows;
      const texts = new EraseTextsAbout(person.customerId, stream, revision);
      new IssuedBy({ ...issued, commandId: `texts ${person.customerId}` }).attachTo(texts);
      await new EraseTextsAboutHandler(store, runner, connections).execute(texts);
    } finally {
      await connections.close();
    }
  }

  it('goes on where it was, whichever step it was stopped at, and does each of them once', async () => {
    for (const after of [false, true]) {
      let stopped = true;
      for (let calls = 0; stopped; calls += 1) {
        const person = await here.person(2);
        await here.request(person.customerId);
        stopped = await carryOut(person, { calls, after }).then(
          () => false,
          (error: unknown) => {
            expect(error).toBeInstanceOf(Killed);
            return true;
          },
        );
        if (!stopped && calls < 5) throw new Error('An erasure has at least five steps.');
        await carryOut(person);
        await here.erased(person);
        expect(await appended(person)).toEqual({
          AddressReleased: 1,
          CustomerErased: 1,
          TicketTextsErased: 2,
          receipts: 1,
        });
      }
    }
    expect(await here.canaries()).toEqual({});
  }, 240_000);

  async function appended({ customerId, ticketIds }: Person): Promise<Record<string, number>> {
    const { rows } = await here.database.query<{ type: string; count: number }>(
      `select type, count(*)::int as count from events
       where type in ('AddressReleased', 'CustomerErased', 'TicketTextsErased')
         and (data like $1 or stream like any ($2)) group by type
       union all select 'receipts', count(*)::int from erasure_receipt where key_id = $3`,
      [`%${customerId}%`, [customerId, ...ticketIds].map((id) => `%${id}`), customerId],
    );
    return Object.fromEntries(rows.map(({ type, count }) => [type, count]));
  }
});

describe('M7 an erasure while others write and read models are rebuilt', () => {
  let here: ErasureDesk;

  beforeAll(async () => {
    here = await ErasureDesk.start();
    await here.startWorker();
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  it('lets no text come back, and refuses what comes after it', async () => {
    const person = await here.person(4);
    const over = new AbortController();
    const accepted: number[] = [];
    const refused: unknown[] = [];
    const writers = person.ticketIds.flatMap((id) =>
      ['notes', 'messages'].map(async (kind) => {
        while (!over.signal.aborted) {
          const { status, body } = await here.agent.post(`/tickets/${id}/${kind}`, { body: `Late ${here.canary}` });
          if (status < 300) accepted.push(status);
          else refused.push((body as { code: unknown }).code);
        }
      }),
    );
    const rebuilding = rebuildUntil(over.signal);
    await here.request(person.customerId);
    await here.erased(person);
    const last = await here.agent.post(`/tickets/${person.ticketIds[0] ?? ''}/notes`, { body: here.canary });
    expect(last.body).toMatchObject({ code: 'person.erased' });
    over.abort();
    await Promise.all([...writers, rebuilding]);
    await here.desk.caughtUp();
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['person.erased']));
    expect(await here.canaries()).toEqual({});
    const live = await here.readModels();
    await here.rebuild();
    expect(await here.readModels()).toEqual(live);
  }, 180_000);

  async function rebuildUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await here.rebuild();
    }
  }
});
