import { io, type Socket } from 'socket.io-client';
import { newId, type Role, ROLES } from '@ledgerdesk/kernel';
import { accessTable, type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const TABLE = accessTable('Over the socket');
const DEMO: Readonly<Record<Role, string>> = {
  owner: 'owner@demo.test',
  admin: 'admin@demo.test',
  supervisor: 'supervisor@demo.test',
  agent: 'agent@demo.test',
  light_agent: 'light@demo.test',
  auditor: 'auditor@demo.test',
};

let desk: TestDesk;
let writer: Caller;
const open: Socket[] = [];

beforeAll(async () => {
  desk = await startTestDesk();
  writer = await caller(desk, 'samir@demo.test');
}, 120_000);

afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});

afterAll(async () => {
  await desk.close();
});

function next<Content>(socket: Socket, message: string): Promise<Content> {
  return new Promise((resolve) => socket.once(message, resolve));
}

function ask(socket: Socket, message: string, content: object): Promise<{ ok?: true }> {
  return new Promise((resolve) => socket.emit(message, content, resolve));
}

/** What one member may do and hears about one ticket, in the words of the table. */
async function heardBy(member: Caller): Promise<Record<string, string>> {
  const requester = { email: `${newId()}@example.com`, name: 'Ada' };
  const { body } = await writer.post('/tickets', { subject: 'Printer', body: 'It burns.', requester }).expect(201);
  const { id: ticketId } = body as { id: string };
  await desk.caughtUp();
  const auth = { token: member.token };
  const socket = io(`${desk.url}/desk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth });
  open.push(socket);
  const { position } = await next<{ position: string }>(socket, 'ready');
  const yes = ({ ok }: { ok?: true }): string => (ok === true ? 'yes' : 'no');
  const watch = yes(await ask(socket, 'watch', { ticketId }));
  // The note is pushed to everybody who may see the ticket, and the push of the entry follows the one of the change.
  const change = next<{ stream: string; patch: object }>(socket, 'change');
  const entry = next<{ stream: string }>(socket, 'entry');
  await writer.post(`/tickets/${ticketId}/replies`, { body: 'We are on our way.' }).expect(200);
  const stream = `ticket-${ticketId}`;
  expect([(await change).stream, (await entry).stream]).toEqual([stream, stream]);
  return {
    watch,
    change: 'yes',
    entry: 'yes',
    'change with text': 'preview' in (await change).patch ? 'yes' : 'no',
    unwatch: yes(await ask(socket, 'unwatch', { ticketId })),
    resume: yes(await ask(socket, 'resume', { position })),
  };
}

describe('access over the socket', () => {
  it.each(ROLES)('C1 gives a member in the role %s what the table says', async (role) => {
    const heard = await heardBy(await caller(desk, DEMO[role]));
    expect(heard).toEqual(Object.fromEntries([...TABLE].map(([message, cells]) => [message, cells[role]])));
  });
});
