import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, loseAnswers, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;
let agent: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

interface Name {
  readonly ticketId: string;
  readonly number: number;
}

interface View {
  readonly openedAt: string;
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly version: number;
  readonly messageCount: number;
  readonly mergedInto: Name | null;
  readonly mergedTickets: readonly Name[];
  readonly takenFrom: readonly Name[];
  readonly links: readonly { readonly ticketId: string }[];
  readonly leadsTo?: Name;
  readonly subject: string;
}

interface Entry {
  readonly id: string;
  readonly ticketId: string;
  readonly kind: string;
  readonly type: string;
  readonly text: string | null;
  readonly addressedTo: string | null;
  readonly movedTo: Name | null;
}

const ANY = { 'If-Match': '*' };

async function open(body: string, email = 'grace@example.com', more: object = {}): Promise<View> {
  const request = { subject: 'Printer', body, requester: { email, name: 'Grace Hopper' }, ...more };
  return (await agent.post('/tickets', request).expect(201)).body as View;
}

async function merge(source: View, target: View, more: object = {}): Promise<View> {
  return (await agent.post(`/tickets/${source.id}/merge`, { into: target.id, ...more }, ANY).expect(200)).body as View;
}

async function write(ticket: View, body: string): Promise<View> {
  return (await agent.post(`/tickets/${ticket.id}/messages`, { body }).expect(200)).body as View;
}

async function read(ticket: Pick<View, 'id'>): Promise<View> {
  await desk.caughtUp();
  return (await agent.get(`/tickets/${ticket.id}`).expect(200)).body as View;
}

async function story(ticket: Pick<View, 'id'>, query = ''): Promise<readonly Entry[]> {
  await desk.caughtUp();
  const { body } = await agent.get(`/tickets/${ticket.id}/timeline?limit=100${query}`).expect(200);
  return (body as { data: readonly Entry[] }).data;
}

async function texts(ticket: Pick<View, 'id'>, query = ''): Promise<readonly (string | null)[]> {
  return (await story(ticket, query)).flatMap(({ kind, text }) => (kind === 'fact' ? [] : [text]));
}

async function refusal(path: string, body: object, member = agent): Promise<[number, string]> {
  const answer = await member.post(path, body, ANY);
  return [answer.status, (answer.body as { code: string }).code];
}

describe('merging', () => {
  it('shows the story of the source in the target, by reference, and leads there', async () => {
    const target = await open('The printer burns.');
    const source = await open('Still burning.');
    const merged = await merge(source, target);
    expect(merged).toMatchObject({ status: 'merged', mergedInto: { ticketId: target.id, number: target.number } });

    expect(await texts(target)).toEqual(['Still burning.', 'The printer burns.']);
    expect(await read(target)).toMatchObject({
      messageCount: 2,
      mergedTickets: [{ ticketId: source.id, number: source.number }],
    });
    expect(await read(source)).toEqual({ ...merged, leadsTo: { ticketId: target.id, number: target.number } });
    const stored = await desk.readStore.run(agent.workspaceId, (sql) =>
      sql.rows('select id from timeline where entry like $1', ['%Still burning.%']),
    );
    expect(stored).toHaveLength(1);
  });

  it('three ways: A into B, then B into C shows A in C, and A leads to C', async () => {
    const [a, b, c] = [await open('A says'), await open('B says'), await open('C says')];
    await merge(a, b);
    await merge(b, c);
    expect(await texts(c)).toEqual(['C says', 'B says', 'A says']);
    expect(await read(a)).toMatchObject({ mergedInto: { ticketId: b.id }, leadsTo: { ticketId: c.id } });
    await write(a, 'A again');
    expect((await story(c)).find(({ text }) => text === 'A again')).toMatchObject({
      ticketId: c.id,
      addressedTo: a.id,
    });
    expect(await refusal(`/tickets/${c.id}/merge`, { into: a.id })).toEqual([409, 'ticket.merge-cycle']);
    expect(await refusal(`/tickets/${a.id}/unmerge`, {})).toEqual([409, 'ticket.target-merged']);
  });

  it('two that would be a circle do not both succeed, and leave no ticket between', async () => {
    const rounds = Array.from({ length: 8 }, async (_, round) => {
      const [a, b] = [await open(`a${String(round)}`), await open(`b${String(round)}`)];
      await Promise.all([
        agent.post(`/tickets/${a.id}/merge`, { into: b.id }, ANY),
        agent.post(`/tickets/${b.id}/merge`, { into: a.id }, ANY),
      ]);
      return [a, b] as const;
    });
    for (const [a, b] of await Promise.all(rounds)) {
      const views = [await read(a), await read(b)];
      expect(views.filter(({ status }) => status === 'merged').length).toBeLessThanOrEqual(1);
      const merged = views.find(({ status }) => status === 'merged');
      const other = views.find(({ status }) => status !== 'merged');
      expect(other?.mergedTickets.map(({ ticketId }) => ticketId)).toEqual(merged ? [merged.id] : []);
    }
  }, 30_000);

  it('needs a confirmation when the requesters differ', async () => {
    const target = await open('Mine', 'ada@example.com');
    const source = await open('Hers', 'bea@example.com');
    expect(await refusal(`/tickets/${source.id}/merge`, { into: target.id })).toEqual([
      409,
      'ticket.merge-other-requester',
    ]);
    await merge(source, target, { confirm: true });
    expect(await texts(target)).toEqual(['Hers', 'Mine']);
  });

  it('puts the source back when the target can not take it', async () => {
    const target = await open('Target');
    const source = await open('Source');
    await agent.post(`/tickets/${target.id}/trash`, {}, ANY).expect(200);
    expect(await refusal(`/tickets/${source.id}/merge`, { into: target.id })).toEqual([409, 'ticket.target-trashed']);
    expect(await read(source)).toMatchObject({ status: 'new', mergedInto: null });
    await write(source, 'Anybody?');
    expect(await texts(source)).toEqual(['Anybody?', 'Source']);
    expect(await texts(target)).toEqual(['Target']);
  });

  it('K3 a request that lost its answer is answered again, and merges once', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    const keyed = { ...ANY, 'Idempotency-Key': newId() };
    const first = await agent.post(`/tickets/${source.id}/merge`, { into: target.id }, keyed).expect(200);
    await loseAnswers(desk, agent.workspaceId);
    const second = await agent.post(`/tickets/${source.id}/merge`, { into: target.id }, keyed).expect(200);
    expect(second.body).toEqual(first.body);
    expect((await story(target)).filter(({ type }) => type === 'Absorbed')).toHaveLength(1);
  });

  it('messages that arrive while it runs are neither lost nor doubled', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    const sent = Array.from({ length: 20 }, (_, index) => `message ${String(index)}`);
    await Promise.all([
      ...sent.slice(0, 10).map((text) => write(source, text)),
      merge(source, target),
      ...sent.slice(10).map((text) => write(source, text)),
    ]);
    const shown = await texts(target);
    expect([...shown].sort()).toEqual([...sent, 'Source', 'Target'].sort());
    expect(await read(target)).toMatchObject({ messageCount: 22 });
  });

  it('counts and lists leave the merged ticket out; its words, number and link lead to the target', async () => {
    const target = await open('Nothing special');
    const source = await open('The zweihander is dull', 'grace@example.com', { tags: ['smithy'] });
    const before = (await agent.get('/tickets/counts').expect(200)).body as { views: { all_open: { count: number } } };
    await merge(source, target);
    await desk.caughtUp();
    const after = (await agent.get('/tickets/counts').expect(200)).body as typeof before;
    expect(after.views.all_open.count).toBeLessThanOrEqual(before.views.all_open.count);
    const found = async (q: string): Promise<readonly string[]> => {
      const { body } = await agent.get(`/tickets?q=${encodeURIComponent(q)}`).expect(200);
      return (body as { data: readonly View[] }).data.map(({ id }) => id);
    };
    for (const q of ['zweihander', 'zweihand', `number:${String(source.number)}`, `number:${String(target.number)}`]) {
      expect([q, await found(q)]).toEqual([q, [target.id]]);
    }
    // Tags describe the ticket that has them.
    expect(await found('tag:smithy')).toEqual([]);
    expect(await found('printer')).not.toContain(source.id);
    expect((await found('printer')).filter((id) => id === target.id)).toHaveLength(1);
    await agent.post(`/tickets/${source.id}/unmerge`, {}, ANY).expect(200);
    await desk.caughtUp();
    expect(await found('zweihander')).toEqual([source.id]);
    expect(await found('tag:smithy')).toEqual([source.id]);
  });

  it('merged tickets are read-only', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    await merge(source, target);
    for (const [name, body] of [
      ['notes', { body: 'Hm.' }],
      ['replies', { body: 'Hm.' }],
      ['solve', {}],
      ['trash', {}],
      ['rename', { subject: 'Other' }],
    ] as const) {
      expect([name, ...(await refusal(`/tickets/${source.id}/${name}`, body))]).toEqual([name, 409, 'ticket.merged']);
    }
  });
});

describe('unmerging', () => {
  it('gives back the source with what came for it since; field edits of the target stay', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    await merge(source, target);
    const delivered = await write(source, 'For the source');
    expect(delivered.id).toBe(target.id);
    await write(target, 'For the target');
    await agent.post(`/tickets/${target.id}/prioritise`, { priority: 'urgent' }, ANY).expect(200);
    const back = (await agent.post(`/tickets/${source.id}/unmerge`, {}, ANY).expect(200)).body as View;
    expect(back).toMatchObject({ status: 'new', mergedInto: null, messageCount: 2 });

    expect(await texts(source)).toEqual(['For the source', 'Source']);
    expect(await texts(target)).toEqual(['For the target', 'For the source', 'Target']);
    const moved = (await story(target)).find(({ text }) => text === 'For the source');
    expect(moved?.movedTo).toEqual({ ticketId: source.id, number: source.number });
    expect(await read(target)).toMatchObject({ priority: 'urgent', messageCount: 2, mergedTickets: [] });
    await write(source, 'Mine again');
    expect(await texts(source)).toEqual(['Mine again', 'For the source', 'Source']);
  });

  it('takes back the latest merge only', async () => {
    const [target, one, two] = [await open('Target'), await open('One'), await open('Two')];
    await merge(one, target);
    await merge(two, target);
    expect(await refusal(`/tickets/${one.id}/unmerge`, {})).toEqual([409, 'ticket.unmerge-not-latest']);
    await agent.post(`/tickets/${two.id}/unmerge`, {}, ANY).expect(200);
    await agent.post(`/tickets/${one.id}/unmerge`, {}, ANY).expect(200);
    expect(await refusal(`/tickets/${one.id}/unmerge`, {})).toEqual([409, 'ticket.not-merged']);
    expect(await texts(target)).toEqual(['Target']);
  });

  it('K3 a request that lost its answer is answered again, and unmerges once', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    await merge(source, target);
    const keyed = { ...ANY, 'Idempotency-Key': newId() };
    const first = await agent.post(`/tickets/${source.id}/unmerge`, {}, keyed).expect(200);
    await loseAnswers(desk, agent.workspaceId);
    const second = await agent.post(`/tickets/${source.id}/unmerge`, {}, keyed).expect(200);
    expect(second.body).toEqual(first.body);
    expect((await story(source)).filter(({ type }) => type === 'Unmerged')).toHaveLength(1);
  });

  it('K4 is refused when the ticket is not as it was seen', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    const merged = await merge(source, target);
    const stale = await agent.post(
      `/tickets/${source.id}/unmerge`,
      {},
      { 'If-Match': `"${String(merged.version - 1)}-x"` },
    );
    expect(stale.status).toBe(412);
    await agent.post(`/tickets/${source.id}/unmerge`, {}).expect(428);
  });
});

describe('splitting', () => {
  it('lets messages go on in a new ticket, where they came from stays', async () => {
    const origin = await open('The printer burns.');
    await write(origin, 'And the door squeaks.');
    const squeak = present((await story(origin)).find(({ text }) => text === 'And the door squeaks.'));
    const answer = await agent
      .post(`/tickets/${origin.id}/split`, { messageIds: [squeak.id], subject: 'The door' }, ANY)
      .expect(201);
    const door = answer.body as View;
    expect(answer.headers.location).toBe(`/api/v1/tickets/${door.id}`);
    expect(door).toMatchObject({ subject: 'The door', status: 'new', messageCount: 1 });
    expect(door.takenFrom).toEqual([{ ticketId: origin.id, number: origin.number }]);
    expect(door.links).toMatchObject([{ ticketId: origin.id }]);

    expect(await texts(door)).toEqual([null, 'And the door squeaks.'].filter((text) => text !== null));
    expect(await texts(origin)).toEqual(['And the door squeaks.', 'The printer burns.']);
    const moved = (await story(origin)).find(({ id }) => id === squeak.id);
    expect(moved?.movedTo).toEqual({ ticketId: door.id, number: door.number });
    expect(await read(origin)).toMatchObject({ messageCount: 1, links: [{ ticketId: door.id }] });
    expect(await refusal(`/tickets/${origin.id}/split`, { messageIds: [squeak.id] })).toEqual([
      409,
      'ticket.message-moved',
    ]);
  });

  it('may be about somebody else; the text stays about who wrote it', async () => {
    const origin = await open('Mine');
    await write(origin, 'Bea asks for a chair.');
    const chair = present((await story(origin)).at(0));
    const requester = { email: `${newId()}@example.com`, name: 'Bea' };
    const answer = await agent
      .post(`/tickets/${origin.id}/split`, { messageIds: [chair.id], requester }, ANY)
      .expect(201);
    expect(answer.body).toMatchObject({ requester: { name: 'Bea', address: requester.email } });
  });

  it('A2 takes messages of this ticket only, and something has to stay', async () => {
    const [origin, other] = [await open('One'), await open('Two')];
    const [mine, theirs] = [await story(origin), await story(other)];
    const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id);
    const split = (messageIds: readonly string[]): Promise<[number, string]> =>
      refusal(`/tickets/${origin.id}/split`, { messageIds });
    expect(await split(ids(theirs))).toEqual([404, 'ticket.message-not-found']);
    expect(await split([newId()])).toEqual([404, 'ticket.message-not-found']);
    expect(await split(ids(mine))).toEqual([409, 'ticket.split-nothing-left']);
    await agent.post(`/tickets/${origin.id}/solve`, {}, ANY).expect(200);
    const fact = present((await story(origin)).find(({ type }) => type === 'TicketSolved'));
    expect(await split([fact.id])).toEqual([422, 'ticket.not-a-message']);
  });

  it('K3 a request that lost its answer is answered again, and splits once', async () => {
    const origin = await open('One');
    await write(origin, 'Two');
    const two = present((await story(origin)).at(0));
    const keyed = { ...ANY, 'Idempotency-Key': newId() };
    const first = await agent.post(`/tickets/${origin.id}/split`, { messageIds: [two.id] }, keyed).expect(201);
    await loseAnswers(desk, agent.workspaceId);
    const second = await agent.post(`/tickets/${origin.id}/split`, { messageIds: [two.id] }, keyed).expect(201);
    expect(second.body).toEqual(first.body);
    expect((await story(origin)).filter(({ type }) => type === 'TicketSplit')).toHaveLength(1);
  });
});

it('C7 light agents and auditors neither merge nor split', async () => {
  const [target, source] = [await open('Target'), await open('Source')];
  for (const email of ['light@demo.test', 'auditor@demo.test']) {
    const member = await caller(desk, email);
    for (const [name, body] of [
      ['merge', { into: target.id }],
      ['unmerge', {}],
      ['split', { messageIds: [newId()] }],
    ] as const) {
      expect([email, name, (await refusal(`/tickets/${source.id}/${name}`, body, member))[0]]).toEqual([
        email,
        name,
        403,
      ]);
    }
  }
});

describe('a union', () => {
  it('has pages that meet without gap or double, however many tickets it is made of', async () => {
    const tickets: View[] = [];
    for (const name of ['a', 'b', 'c']) {
      const ticket = await open(`${name} begins`);
      for (let index = 0; index < 5; index += 1) await write(ticket, `${name} ${String(index)}`);
      tickets.push(ticket);
    }
    const [a, b, c] = tickets.map((ticket) => present(ticket));
    await merge(present(a), present(c));
    await merge(present(b), present(c));
    const whole = await story(present(c));
    const paged: Entry[] = [];
    let after = '';
    do {
      const { body } = await agent.get(`/tickets/${present(c).id}/timeline?limit=4${after}`).expect(200);
      const { data, page } = body as { data: Entry[]; page: { next: string | null } };
      paged.push(...data);
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(paged).toEqual(whole);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
  });

  it('is the same at the moment of its last event as now, and without the source before the merge', async () => {
    const [target, source] = [await open('Target'), await open('Source')];
    // By the clock of the ledger, which is not that of this process.
    const { openedAt: before } = await read(source);
    await merge(source, target);
    await write(source, 'More');
    const now = await story(target);
    const at = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    expect(await story(target, `&at=${at}`)).toEqual(now);
    expect(await texts(target, `&at=${encodeURIComponent(before)}`)).toEqual(['Target']);
    await agent.post(`/tickets/${source.id}/unmerge`, {}, ANY).expect(200);
    const later = encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
    for (const ticket of [target, source]) {
      const { leadsTo: _leadsTo, ...view } = await read(ticket);
      expect((await agent.get(`/tickets/${ticket.id}?at=${later}`).expect(200)).body).toEqual(view);
      expect(await story(ticket, `&at=${later}`)).toEqual(await story(ticket));
    }
  });
});
