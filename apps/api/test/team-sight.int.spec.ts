import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import { io, type Socket } from 'socket.io-client';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { DEMO_PASSWORD, demoIds } from '@ledgerdesk/identity';
import { newId } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import {
  accessTable,
  type Caller,
  caller,
  countEvents,
  eventually,
  present,
  startTestDesk,
  type TestDesk,
} from '@ledgerdesk/testing';
import { createApplication } from '../src/application.js';

const TABLE = accessTable('When agents see only their teams’ tickets');
const PROMISED_MILLISECONDS = 5_000;
const ANY = { 'If-Match': '*' };
const LATER = (): string => new Date(Date.now() + 3_600_000).toISOString();

let desk: TestDesk;
let secondNode: NestExpressApplication;
let nodes: readonly string[];
let owner: Caller;
/** In the teams Front desk and Billing. */
let agent: Caller;
const open: Socket[] = [];
const team = (name: string): string => demoIds.team('demo', name);

beforeAll(async () => {
  desk = await startTestDesk();
  const log = new Log({ level: 'silent', process: 'api' });
  secondNode = await createApplication(desk.app.get<Configuration>(CONFIGURATION), log);
  await secondNode.listen(0, '127.0.0.1');
  const { port } = secondNode.getHttpServer().address() as AddressInfo;
  nodes = [desk.url, `http://127.0.0.1:${String(port)}`];
  owner = await caller(desk, 'owner@demo.test');
  agent = await caller(desk, 'agent@demo.test');
  await configure('own_teams');
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await secondNode.close();
  await desk.close();
});

async function configure(agentsSee: 'all_tickets' | 'own_teams'): Promise<void> {
  await owner.post('/workspace/configure', { agentsSee }, ANY).expect(200);
  await eventually(async () => {
    expect(await isConfined(agent)).toBe(agentsSee === 'own_teams');
  });
}

async function isConfined(member: Caller): Promise<boolean> {
  const { body } = await member.get('/me').expect(200);
  const rules = (body as { abilities: { subject: string; conditions?: object }[] }).abilities;
  return rules.some(({ subject, conditions }) => subject === 'Ticket' && conditions !== undefined);
}

/** Whose ticket it is, in the words of the table. */
const WHOSE: Readonly<Record<string, () => object>> = {
  'own team': () => ({ teamId: team('Billing'), assigneeId: null }),
  oneself: () => ({ teamId: null, assigneeId: agent.memberId }),
  'other team': () => ({ teamId: team('Technical support'), assigneeId: null }),
  nobody: () => ({ teamId: null, assigneeId: null }),
};

async function ticketOf(whose: string, subject = 'Printer'): Promise<string> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await owner.post('/tickets', { subject, body: 'It burns.', requester }).expect(201);
  const { id } = body as { id: string };
  await owner.post(`/tickets/${id}/assign`, present(WHOSE[whose])(), ANY).expect(200);
  return id;
}

interface Attempt {
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly body?: object;
}

/** How an agent tries each operation of the table on a ticket. */
function attemptOf(operation: string, id: string, other: string): Attempt {
  const at = `/tickets/${id}`;
  const post = (path: string, body: object = {}): Attempt => ({ method: 'post', path: `${at}/${path}`, body });
  const get = (path: string): Attempt => ({ method: 'get', path: `${at}${path}` });
  const known: Readonly<Record<string, Attempt>> = {
    getTicket: get(''),
    'getTicket at a moment': get(`?at=${new Date().toISOString()}`),
    getTimeline: get('/timeline'),
    getTicketLedger: get('/ledger'),
    sendReply: post('replies', { body: 'Hello' }),
    addNote: post('notes', { body: 'Hello' }),
    receiveMessage: post('messages', { body: 'Hello' }),
    assignTicket: post('assign', { assigneeId: agent.memberId }),
    renameTicket: post('rename', { subject: 'Other' }),
    prioritiseTicket: post('prioritise', { priority: 'high' }),
    categoriseTicket: post('categorise', { category: 'Billing' }),
    tagTicket: post('tag', { tags: ['a'] }),
    untagTicket: post('untag', { tags: ['a'] }),
    setCustomField: post('set-field', { field: 'plan', value: 'gold' }),
    handOffTicket: post('hand-off', { done: 'a', next: 'b', assigneeId: agent.memberId }),
    linkTicket: post('link', { ticketId: other }),
    'linkTicket to it': { method: 'post', path: `/tickets/${other}/link`, body: { ticketId: id } },
    unlinkTicket: post('unlink', { ticketId: other }),
    pendTicket: post('pend'),
    holdTicket: post('hold'),
    solveTicket: post('solve'),
    reopenTicket: post('reopen'),
    closeTicket: post('close'),
    markSpam: post('spam'),
    trashTicket: post('trash'),
    restoreTicket: post('restore'),
    mergeTicket: post('merge', { into: other, confirm: true }),
    'mergeTicket into it': { method: 'post', path: `/tickets/${other}/merge`, body: { into: id, confirm: true } },
    unmergeTicket: post('unmerge'),
    splitTicket: post('split', { messageIds: [newId()] }),
    undoChange: post('undo', { version: 1 }),
    getDraft: get('/draft'),
    saveDraft: { method: 'put', path: `${at}/draft`, body: { reply: 'Hello', note: '' } },
    listScheduledRepliesOfTicket: get('/scheduled-replies'),
    scheduleReply: post('scheduled-replies', { body: 'Hello', sendAt: LATER() }),
  };
  return present(known[operation]);
}

function send({ method, path, body }: Attempt): ReturnType<Caller['get']> {
  if (method === 'get') return agent.get(path);
  return agent[method](path, body ?? {}, ANY);
}

const codeOf = ({ body }: Awaited<ReturnType<Caller['get']>>): unknown => (body as { code?: unknown }).code;

/** Everything that an agent can tell two answers apart by. */
function visible(answer: Awaited<ReturnType<Caller['get']>>): object {
  const { 'x-request-id': _id, date: _date, ratelimit: _used, ...headers } = answer.headers as Record<string, string>;
  const { instance: _instance, requestId: _requestId, ...problem } = answer.body as Record<string, unknown>;
  const policy = headers['content-security-policy']?.replaceAll(/'nonce-[^']+'/gu, 'nonce');
  return {
    status: answer.status,
    problem,
    headers: { ...headers, 'content-length': '', 'content-security-policy': policy },
  };
}

interface Desk {
  readonly socket: Socket;
  readonly heard: { readonly name: string; readonly stream: string }[];
}

async function connected(member: Caller, node = desk.url): Promise<Desk> {
  const auth = { token: member.token };
  const socket = io(`${node}/desk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
  open.push(socket);
  const heard: { name: string; stream: string }[] = [];
  socket.onAny((name: string, content: { stream?: string }) => heard.push({ name, stream: content.stream ?? '' }));
  await new Promise((resolve) => socket.once('ready', resolve));
  return { socket, heard };
}

function ask(socket: Socket, message: string, content: object): Promise<Record<string, unknown>> {
  return new Promise((resolve) => socket.emit(message, content, resolve));
}

const told = ({ heard }: Desk, id: string): readonly string[] =>
  heard.filter(({ stream }) => stream === `ticket-${id}`).map(({ name }) => name);

describe('C1 C3 where agents see only their teams’ tickets', () => {
  it.each(Object.keys(WHOSE))(
    'every operation on a ticket of %s is as the table says, and an unseen one is like one that does not exist',
    async (whose) => {
      const operations = [...TABLE].filter(([name]) => !name.startsWith('list:') && name !== 'watch');
      const tries = await Promise.all(
        operations.map(async ([operation, cells]) => {
          const [id, partner] = await Promise.all([ticketOf(whose), ticketOf('own team')]);
          return { operation, expected: cells[whose], id, attempt: attemptOf(operation, id, partner) };
        }),
      );
      await desk.caughtUp();
      const before = await countEvents(desk.store);
      for (const { operation, expected, id, attempt } of tries) {
        const answer = await send(attempt);
        const decision = codeOf(answer) === 'ticket.not-found' ? 'ticket.not-found' : 'yes';
        expect([operation, decision, answer.status === 403]).toEqual([operation, expected, false]);
        if (expected === 'yes') continue;
        const unknown = JSON.parse(JSON.stringify(attempt).replaceAll(id, newId())) as Attempt;
        expect([operation, visible(answer)]).toEqual([operation, visible(await send(unknown))]);
      }
      if (tries.every(({ expected }) => expected !== 'yes')) expect(await countEvents(desk.store)).toBe(before);
    },
    120_000,
  );

  it.each(Object.keys(WHOSE))('lists, searches and counts go by it: %s', async (whose) => {
    const mark = `mark${newId().replaceAll('-', '')}`;
    const counted = async (): Promise<unknown> => (await agent.get('/tickets/counts').expect(200)).body as unknown;
    await desk.caughtUp();
    const before = await counted();
    const id = await ticketOf(whose, mark);
    await owner.post(`/tickets/${id}/tag`, { tags: [mark] }, ANY).expect(200);
    await desk.caughtUp();
    const found = async (query: string): Promise<string> => {
      const { body } = await agent.get(`/tickets?${query}`).expect(200);
      return (body as { data: { id: string }[] }).data.some((ticket) => ticket.id === id) ? 'yes' : 'no';
    };
    const shown = {
      'list: all': await found('limit=100'),
      'list: by team or member': await found(`assignee=${whose === 'oneself' ? 'me' : 'none'}&limit=100`),
      'list: search for a word': await found(`q=${mark}`),
      'list: search for a part': await found(`q=${mark.slice(0, 20)}`),
      'list: by tag': await found(`tag=${mark}`),
      'list: counts': JSON.stringify(await counted()) === JSON.stringify(before) ? 'no' : 'yes',
    };
    const lists = [...TABLE].filter(([name]) => name.startsWith('list:'));
    expect(shown).toEqual(Object.fromEntries(lists.map(([name, cells]) => [name, cells[whose]])));
  });

  it('a page of a search is full although others have newer tickets, and goes on behind it', async () => {
    const word = `word${newId().replaceAll('-', '')}`;
    const own = [await ticketOf('own team', word), await ticketOf('own team', word), await ticketOf('oneself', word)];
    for (let index = 0; index < 4; index += 1) await ticketOf('other team', word);
    await desk.caughtUp();
    const first = await agent.get(`/tickets?q=${word}&limit=2`).expect(200);
    const { data, page } = first.body as { data: { id: string }[]; page: { next: string } };
    const second = await agent.get(`/tickets?q=${word}&limit=2&after=${encodeURIComponent(page.next)}`).expect(200);
    const all = [...data, ...(second.body as { data: { id: string }[] }).data].map(({ id }) => id);
    expect(all.toSorted()).toEqual(own.toSorted());
  });

  it.each(Object.keys(WHOSE))('watch and pushes go by it: %s', async (whose) => {
    const expected = present(TABLE.get('watch'))[whose];
    const id = await ticketOf(whose);
    await desk.caughtUp();
    const [mine, leader] = [await connected(agent), await connected(owner)];
    const answer = await ask(mine.socket, 'watch', { ticketId: id });
    expect((answer as { error?: { code: string } }).error?.code ?? 'yes').toBe(expected);
    await owner.post(`/tickets/${id}/notes`, { body: 'Psst.' }).expect(200);
    await eventually(() => {
      expect(told(leader, id)).toContain('change');
    });
    // A push to all follows, so whatever this desk was to hear of the note has come.
    const last = await ticketOf('own team');
    await eventually(() => {
      expect(told(mine, last)).toContain('change');
    });
    expect(told(mine, id).toSorted()).toEqual(expected === 'yes' ? ['change', 'entry'] : []);
  });
});

describe('C3 the ticket as it is now decides', () => {
  it('and not the row of a read model that is behind', async () => {
    const [id, partner] = [await ticketOf('own team'), await ticketOf('own team')];
    await desk.caughtUp();
    const keeper = new Client({ connectionString: desk.database.databaseUrl });
    await keeper.connect();
    try {
      // Nobody writes the inbox, which goes on being read: it shows the ticket where it was.
      await keeper.query('begin');
      await keeper.query('lock table inbox in exclusive mode');
      await owner.post(`/tickets/${id}/assign`, { teamId: team('Technical support') }, ANY).expect(200);
      await agent.get(`/tickets/${id}`).expect(200);
      const reading = ['getDraft', 'listScheduledRepliesOfTicket', 'getTicketLedger', 'getTicket at a moment'];
      for (const operation of [...reading, 'prioritiseTicket', 'addNote', 'undoChange', 'linkTicket to it']) {
        const answer = await send(attemptOf(operation, id, partner));
        expect([operation, codeOf(answer)]).toEqual([operation, 'ticket.not-found']);
      }
      const { socket } = await connected(agent);
      const watched = await ask(socket, 'watch', { ticketId: id });
      expect(watched).toMatchObject({ error: { code: 'ticket.not-found' } });
    } finally {
      await keeper.end();
    }
  });

  it('a race between moving and editing has one order, and who lost sight writes nothing after it', async () => {
    const id = await ticketOf('own team');
    const edits = Array.from({ length: 12 }, (_, index) =>
      agent.post(`/tickets/${id}/notes`, { body: `Note ${String(index)}` }),
    );
    const move = owner.post(`/tickets/${id}/assign`, { teamId: team('Technical support') }, ANY).expect(200);
    const statuses = (await Promise.all([...edits, move])).slice(0, -1).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 404].includes(status))).toEqual([]);
    await desk.caughtUp();
    const { body } = await owner.get(`/tickets/${id}/ledger`).expect(200);
    const types = (body as { data: { type: string; actor: string }[] }).data;
    const moved = types.findLastIndex(({ type }) => type === 'TicketAssigned');
    const after = types.slice(moved + 1).filter(({ actor }) => actor === `member:${agent.memberId}`);
    expect(after).toEqual([]);
    expect(types.filter(({ type }) => type === 'NoteAdded')).toHaveLength(
      statuses.filter((status) => status === 200).length,
    );
  });

  it('a stale edit of an unseen ticket tells neither value', async () => {
    const id = await ticketOf('other team');
    await owner.post(`/tickets/${id}/prioritise`, { priority: 'urgent' }, ANY).expect(200);
    const answer = await agent.post(`/tickets/${id}/prioritise`, { priority: 'low' }, { 'If-Match': '"0-x"' });
    expect([answer.status, codeOf(answer)]).toEqual([404, 'ticket.not-found']);
  });
});

describe('asking whether one may', () => {
  const asked = async (query: string): Promise<unknown> => (await agent.get(`/me/abilities?${query}`).expect(200)).body;

  it('C1 is answered with what is missing', async () => {
    expect(await asked('action=reply&type=Ticket')).toMatchObject({ allowed: true, reason: 'allowed' });
    expect(await asked('action=configure&type=Workspace')).toEqual({
      allowed: false,
      reason: 'role',
      permission: 'workspace.configure',
      explanation: 'Your role does not allow this: it needs the permission workspace.configure.',
    });
    expect(await asked('action=export-keys&type=Ledger')).toMatchObject({ reason: 'role', permission: null });
    for (const query of ['action=fly&type=Ticket', 'action=read&type=constructor', 'action=constructor&type=Ticket']) {
      expect(await asked(query)).toMatchObject({ allowed: false, reason: 'unknown', permission: null });
    }
    await agent.get('/me/abilities?action=read&type=__proto__').expect(400);
  });

  it('C3 never tells whether a ticket that is not seen exists', async () => {
    const [own, other] = [await ticketOf('own team'), await ticketOf('other team')];
    expect(await asked(`action=reply&type=Ticket&id=${own}`)).toMatchObject({ allowed: true });
    const unseen = await asked(`action=reply&type=Ticket&id=${other}`);
    expect(unseen).toMatchObject({ allowed: false, reason: 'not-found', explanation: 'There is no such ticket.' });
    expect(await asked(`action=reply&type=Ticket&id=${newId()}`)).toEqual(unseen);
    expect(await asked('action=reply&type=Ticket&id=1042')).toEqual(unseen);
    expect(await asked(`action=trash&type=Ticket&id=${other}`)).toEqual(unseen);
  });
});

describe('what leaves sight', () => {
  it('is told as gone, with nothing else about it, and comes back when it is given back', async () => {
    const id = await ticketOf('own team');
    await desk.caughtUp();
    const mine = await connected(agent);
    expect(await ask(mine.socket, 'watch', { ticketId: id })).toMatchObject({ ok: true });
    await owner.post(`/tickets/${id}/assign`, { teamId: team('Technical support') }, ANY).expect(200);
    await owner.post(`/tickets/${id}/notes`, { body: 'Psst.' }).expect(200);
    await owner.post(`/tickets/${id}/assign`, { teamId: team('Billing') }, ANY).expect(200);
    await eventually(() => {
      expect(told(mine, id)).toContain('change');
    });
    expect(told(mine, id)).toEqual(['gone', 'change']);
  });

  it('a ticket that an agent opens or splits off is theirs, so that they see it', async () => {
    const requester = { email: `${newId()}@example.com`, name: 'Ada' };
    const { body } = await agent.post('/tickets', { subject: 'New', body: 'It burns.', requester }).expect(201);
    expect(body).toMatchObject({ assigneeId: agent.memberId, teamId: null });
    await desk.caughtUp();
    await agent.get(`/tickets/${(body as { id: string }).id}`).expect(200);
  });
});

describe('a change of what agents see', () => {
  const seesOn = async (node: string, id: string): Promise<boolean> => {
    const headers = { Authorization: `Bearer ${agent.token}` };
    return (await fetch(`${node}/api/v1/tickets/${id}`, { headers })).status === 200;
  };

  async function reachesEverybody(id: string, seen: boolean, change: () => Promise<unknown>): Promise<void> {
    const desks = await Promise.all(nodes.map((node) => connected(agent, node)));
    for (const node of nodes) expect(await seesOn(node, id)).toBe(!seen);
    const began = performance.now();
    await change();
    const rights = desks.map(({ heard }) =>
      eventually(() => {
        expect(heard.map(({ name }) => name)).toContain('rights');
      }),
    );
    const reads = nodes.map((node) =>
      eventually(async () => {
        expect(await seesOn(node, id)).toBe(seen);
      }),
    );
    await Promise.all([...rights, ...reads]);
    expect(performance.now() - began).toBeLessThan(PROMISED_MILLISECONDS);
  }

  it('reaches HTTP and sockets on every node within five seconds: the setting', async () => {
    const id = await ticketOf('other team');
    await desk.caughtUp();
    await reachesEverybody(id, true, () => configure('all_tickets'));
    await reachesEverybody(id, false, () => configure('own_teams'));
    const { body } = await owner.get('/ledger?type=WorkspaceConfigured').expect(200);
    expect((body as { data: { data: object }[] }).data.slice(0, 2).map(({ data }) => data)).toEqual([
      { agentsSee: 'own_teams', from: { agentsSee: 'all_tickets' } },
      { agentsSee: 'all_tickets', from: { agentsSee: 'own_teams' } },
    ]);
  });

  it('reaches HTTP and sockets on every node within five seconds: who is in a team', async () => {
    const id = await ticketOf('other team');
    await desk.caughtUp();
    const at = `/teams/${team('Technical support')}/members`;
    await reachesEverybody(id, true, () => owner.post(at, { memberId: agent.memberId }).expect(200));
    await reachesEverybody(id, false, () => owner.delete(`${at}/${agent.memberId}`).expect(200));
  });

  it('confines nobody who leads, keeps or audits the desk', async () => {
    const id = await ticketOf('nobody');
    await desk.caughtUp();
    for (const email of ['admin@demo.test', 'supervisor@demo.test', 'auditor@demo.test']) {
      await (await caller(desk, email)).get(`/tickets/${id}`).expect(200);
    }
    await (await caller(desk, 'light@demo.test')).get(`/tickets/${id}`).expect(404);
  });

  it('a new session is confined from its first request', async () => {
    const id = await ticketOf('other team');
    await desk.caughtUp();
    const { body } = await agent.post('/auth/login', { email: 'agent@demo.test', password: DEMO_PASSWORD }).expect(200);
    const headers = { Authorization: `Bearer ${(body as { accessToken: string }).accessToken}` };
    expect((await fetch(`${desk.url}/api/v1/tickets/${id}`, { headers })).status).toBe(404);
  });
});
