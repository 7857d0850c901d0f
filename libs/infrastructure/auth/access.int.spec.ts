import { randomUUID } from 'node:crypto';
import { type Role, ROLES } from '@ledgerdesk/kernel';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';

const EVERYBODY = ROLES;
const EDITORS: readonly Role[] = ['owner', 'admin', 'supervisor', 'agent'];
const WRITERS: readonly Role[] = [...EDITORS, 'light_agent'];
const OWNERS: readonly Role[] = ['owner', 'admin'];
const PROVERS: readonly Role[] = ['owner', 'admin', 'auditor'];
const LEADERS: readonly Role[] = ['owner', 'admin', 'supervisor'];

/** Operations that need no credential. */
const OPEN = ['signIn', 'refreshSession', 'getSignInOptions', 'getLiveness', 'getReadiness'];

/** Who may do what, written down by hand from what the roles are for, and not from the code. */
const ALLOWED: Readonly<Record<string, readonly Role[]>> = {
  getMe: EVERYBODY,
  listSessions: EVERYBODY,
  endSession: EVERYBODY,
  endOtherSessions: EVERYBODY,
  changePassword: EVERYBODY,
  getWorkspace: EVERYBODY,
  configureWorkspace: OWNERS,
  listMembers: EVERYBODY,
  listTeams: EVERYBODY,
  getTeam: EVERYBODY,
  createTeam: LEADERS,
  renameTeam: LEADERS,
  addTeamMember: LEADERS,
  removeTeamMember: LEADERS,
  archiveTeam: LEADERS,
  listCustomers: EVERYBODY,
  getCustomer: EVERYBODY,
  registerCustomer: EDITORS,
  renameCustomer: EDITORS,
  addCustomerNote: EDITORS,
  exportCustomerData: OWNERS,
  getCustomerErasure: OWNERS,
  eraseCustomer: OWNERS,
  getMemberErasure: OWNERS,
  eraseMember: OWNERS,
  listTickets: EVERYBODY,
  countTickets: EVERYBODY,
  getTicket: EVERYBODY,
  getTimeline: EVERYBODY,
  openTicket: EDITORS,
  sendReply: EDITORS,
  addNote: WRITERS,
  receiveMessage: EDITORS,
  assignTicket: EDITORS,
  renameTicket: EDITORS,
  prioritiseTicket: EDITORS,
  categoriseTicket: EDITORS,
  tagTicket: EDITORS,
  untagTicket: EDITORS,
  setCustomField: EDITORS,
  handOffTicket: EDITORS,
  linkTicket: EDITORS,
  unlinkTicket: EDITORS,
  pendTicket: EDITORS,
  holdTicket: EDITORS,
  solveTicket: EDITORS,
  reopenTicket: EDITORS,
  closeTicket: EDITORS,
  markSpam: EDITORS,
  trashTicket: EDITORS,
  restoreTicket: EDITORS,
  mergeTicket: EDITORS,
  unmergeTicket: EDITORS,
  splitTicket: EDITORS,
  undoChange: EDITORS,
  getDraft: WRITERS,
  saveDraft: WRITERS,
  scheduleReply: EDITORS,
  listScheduledReplies: EDITORS,
  listScheduledRepliesOfTicket: EDITORS,
  getScheduledReply: EDITORS,
  changeScheduledReply: EDITORS,
  sendScheduledReply: EDITORS,
  takeBackReply: EDITORS,
  getTicketLedger: [...EDITORS, 'auditor'],
  listLedger: PROVERS,
  verifyLedger: PROVERS,
  listVerifications: PROVERS,
  exportLedger: PROVERS,
  listLedgerExports: PROVERS,
  downloadLedgerExport: PROVERS,
  listReadModels: OWNERS,
  changeReadModel: OWNERS,
  // Last, because it ends the session that all the others are asked with.
  signOut: EVERYBODY,
};

const DEMO: Readonly<Record<Role, string>> = {
  owner: 'owner@demo.test',
  admin: 'admin@demo.test',
  supervisor: 'supervisor@demo.test',
  agent: 'agent@demo.test',
  light_agent: 'light@demo.test',
  auditor: 'auditor@demo.test',
};

interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

let desk: TestDesk;
let operations: readonly Operation[];

beforeAll(async () => {
  desk = await startTestDesk();
  const answer = await fetch(`${desk.url}/api/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, { operationId: string }>> };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ name: operationId, method, path })),
  );
}, 120_000);

afterAll(async () => {
  await desk.close();
});

/** Asks with ids that exist nowhere and without a body, so that whoever is let in changes nothing. */
function ask({ method, path }: Operation, authorization?: string, query = ''): Promise<Response> {
  const address = `${desk.url}${path.replaceAll(/\{\w+\}/g, () => randomUUID())}${query}`;
  return fetch(address, {
    method: method.toUpperCase(),
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
}

async function outcome(operation: Operation, authorization?: string, query = ''): Promise<[string, number, unknown]> {
  const answer = await ask(operation, authorization, query);
  const text = await answer.text();
  const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: unknown };
  return [operation.name, answer.status, code];
}

const operation = (name: string): Operation => {
  const found = operations.find((each) => each.name === name);
  if (!found) throw new Error(`There is no operation ${name}.`);
  return found;
};

describe('access', () => {
  it('C1 is decided for every operation of the API, and for no other', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual([...OPEN, ...Object.keys(ALLOWED)].toSorted());
  });

  it('is closed to callers without a credential', async () => {
    for (const name of Object.keys(ALLOWED)) {
      await expect(outcome(operation(name))).resolves.toEqual([name, 401, 'auth.required']);
    }
    const answer = await ask(operation('getMe'));
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x.y.z',
    'Basic b3duZXJAZGVtby50ZXN0OmxlZGdlcmRlc2stZGVtbw==',
    `Bearer ${'a'.repeat(5_000)}`,
  ])('is closed to the header %j', async (authorization) => {
    await expect(outcome(operation('getMe'), authorization)).resolves.toEqual(['getMe', 401, 'auth.required']);
  });

  it('J1 takes no token from the address or a cookie', async () => {
    const token = await desk.tokenOf(DEMO.owner);
    await expect(outcome(operation('getMe'), undefined, `?access_token=${token}`)).resolves.toMatchObject({ 1: 401 });
    const cookie = await fetch(`${desk.url}/api/v1/me`, { headers: { Cookie: `token=${token}` } });
    expect(cookie.status).toBe(401);
  });

  it('is open where it has to be', async () => {
    for (const name of OPEN) {
      const [, , code] = await outcome(operation(name));
      expect([name, code]).not.toEqual([name, 'auth.required']);
    }
  });

  it.each(ROLES)('C1 C7 allows a member in the role %s what the role is for, and nothing else', async (role) => {
    const authorization = `Bearer ${await desk.tokenOf(DEMO[role])}`;
    for (const [name, roles] of Object.entries(ALLOWED)) {
      const [, status, code] = await outcome(operation(name), authorization);
      const decision = code === 'auth.forbidden' ? 'forbidden' : status === 401 ? 'unknown' : 'allowed';
      expect([name, decision]).toEqual([name, roles.includes(role) ? 'allowed' : 'forbidden']);
    }
  });
});
