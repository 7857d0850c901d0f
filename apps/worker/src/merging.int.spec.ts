import { randomUUID } from 'node:crypto';
import { type CommandContext, newId } from '@ledgerdesk/kernel';
import { eventually, present } from '@ledgerdesk/testing';
import {
  AbsorbTicket,
  ReleaseTicket,
  RequestMerge,
  SplitTicket,
  type TicketCommand,
  ticketDecider,
} from '@ledgerdesk/tickets';
import { ErasureDesk } from './spec/erasure-desk.js';

interface View {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly version: number;
  readonly requester: { readonly customerId: string };
  readonly mergedTickets: readonly { readonly ticketId: string }[];
}

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly text: string | null;
  readonly erased: boolean;
}

describe('a process that was stopped between two streams', () => {
  let here: ErasureDesk;

  beforeAll(async () => {
    here = await ErasureDesk.start();
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  async function open(body: string, email = 'grace@example.com'): Promise<View> {
    const request = { subject: body, body, requester: { email, name: 'Grace Hopper' } };
    return (await here.agent.post('/tickets', request).expect(201)).body as View;
  }

  async function read({ id }: Pick<View, 'id'>): Promise<View> {
    await here.desk.caughtUp();
    return (await here.agent.get(`/tickets/${id}`).expect(200)).body as View;
  }

  async function story({ id }: Pick<View, 'id'>): Promise<readonly Entry[]> {
    await here.desk.caughtUp();
    const { body } = await here.agent.get(`/tickets/${id}/timeline`).expect(200);
    return (body as { data: readonly Entry[] }).data.filter(({ kind }) => kind !== 'fact');
  }

  function context(commandId = newId()): CommandContext {
    const { workspaceId, memberId } = here.agent;
    return { workspaceId, actor: `member:${memberId}`, commandId, correlationId: commandId };
  }

  async function append(command: TicketCommand): Promise<readonly { readonly id: string }[]> {
    return (await here.desk.runner.run(ticketDecider, command, context())).events;
  }

  const named = ({ id, number, requester }: View): { ticketId: string; number: number; customerId: string } => ({
    ticketId: id,
    number,
    customerId: requester.customerId,
  });

  it('K3 L1 is ended by the worker: a merge after its request, and after the target had absorbed', async () => {
    const [target, one, two] = [await open('Target'), await open('One'), await open('Two')];
    await append(new RequestMerge(one.id, 'merge-one', named(target), false));
    await append(new RequestMerge(two.id, 'merge-two', named(target), false));
    const group = [{ ...named(two), keyId: two.requester.customerId }];
    await append(
      new AbsorbTicket(target.id, { mergeId: 'merge-two', group, messages: 1, notes: 0, waitingSince: null }),
    );
    await eventually(async () => {
      expect([(await read(one)).status, (await read(two)).status]).toEqual(['merged', 'merged']);
    });
    expect((await read(target)).mergedTickets.map(({ ticketId }) => ticketId).sort()).toEqual([one.id, two.id].sort());
  }, 30_000);

  it('K3 L1 is ended by the worker: a merge that the target refuses', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    await here.agent.post(`/tickets/${target.id}/trash`, {}, { 'If-Match': '*' }).expect(200);
    await append(new RequestMerge(source.id, 'merge-refused', named(target), false));
    await eventually(async () => {
      await here.agent.post(`/tickets/${source.id}/notes`, { body: 'Free again.' }).expect(200);
    });
    expect((await read(source)).status).toBe('open');
  }, 30_000);

  it('K3 L1 is ended by the worker: an unmerge after the target had released', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    await here.agent.post(`/tickets/${source.id}/merge`, { into: target.id }, { 'If-Match': '*' }).expect(200);
    const { version } = await read(target);
    await append(new ReleaseTicket(target.id, source.id, [], version));
    await eventually(async () => {
      expect((await read(source)).status).toBe('new');
    });
  }, 30_000);

  it('K3 L1 is ended by the worker: a split whose new ticket was never opened', async () => {
    const origin = await open('Origin');
    await here.agent.post(`/tickets/${origin.id}/messages`, { body: 'Moves' }).expect(200);
    const moves = present((await story(origin)).find(({ text }) => text === 'Moves'));
    const into = { ticketId: newId(), number: 900_001 };
    const { customerId } = origin.requester;
    await append(
      new SplitTicket(origin.id, {
        into,
        subject: 'Moved',
        channel: 'web',
        requester: { customerId, keyId: customerId, name: null, address: null },
        messages: [moves.id],
        messageCount: 1,
        noteCount: 0,
        ownWaitingSince: null,
        takenWaitingSince: null,
        seen: (await read(origin)).version,
      }),
    );
    await eventually(async () => {
      expect((await story({ id: into.ticketId })).map(({ text }) => text)).toEqual(['Moves']);
    });
  }, 30_000);

  it('M6 the erasure of one of two requesters erases their texts in the union, and no others', async () => {
    const person = await here.person(1);
    const source = await read({ id: person.ticketIds[0] ?? '' });
    const target = await open('Stays readable', `${randomUUID()}@example.com`);
    const confirmed = { into: target.id, confirm: true };
    await here.agent.post(`/tickets/${source.id}/merge`, confirmed, { 'If-Match': '*' }).expect(200);
    await here.agent.post(`/tickets/${source.id}/messages`, { body: `Later ${here.canary}` }).expect(200);
    expect((await story(target)).filter(({ text }) => text?.includes(here.canary))).toHaveLength(4);
    await here.request(person.customerId);
    await here.erased({ ...person, ticketIds: [source.id, target.id] });
    const after = await story(target);
    expect(after.map(({ text }) => text)).toEqual([null, 'Stays readable', null, null, null]);
    expect(after.filter(({ erased }) => erased)).toHaveLength(4);
    expect(await here.canaries()).toEqual({});
  }, 60_000);

  it('M3 leaves read models that are equal, row by row, to those of a rebuild', async () => {
    const live = await here.readModels();
    await here.rebuild();
    expect(await here.readModels()).toEqual(live);
    const { rows } = await here.database.query<{ merged: number; moved: number }>(
      `select (select count(*)::int from inbox where merged_into is not null) as merged,
              (select count(*)::int from timeline where moved_to is not null) as moved`,
    );
    expect(present(rows[0]).merged).toBeGreaterThan(2);
    expect(present(rows[0]).moved).toBeGreaterThan(0);
  }, 60_000);
});
