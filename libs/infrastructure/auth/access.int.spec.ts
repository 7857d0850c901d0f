import { randomUUID } from 'node:crypto';
import { type Role, ROLES } from '@ledgerdesk/kernel';
import { accessTable, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

/** Written by hand in `docs/access.md` from what the roles are for, and not from the code. */
const OPEN = [...accessTable('Open to everybody').keys()];
const PLATFORM = [...accessTable('For those who run the installation').keys()];
const TABLE = accessTable('Over HTTP');
/** The last one ends the session that all the others are asked with. */
const OPERATIONS = [...[...TABLE.keys()].filter((name) => name !== 'signOut'), 'signOut'];

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
    expect(operations.map(({ name }) => name).toSorted()).toEqual([...OPEN, ...PLATFORM, ...OPERATIONS].toSorted());
  });

  it('is closed to callers without a credential', async () => {
    for (const name of [...OPERATIONS, ...PLATFORM]) {
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

  it.each(['X-Forwarded-User', 'X-Remote-User', 'X-Real-IP', 'CF-Connecting-IP', 'X-Forwarded-Email'])(
    'B19 takes nobody at the word of %s',
    async (header) => {
      const me = (headers: Record<string, string>): Promise<Response> => fetch(`${desk.url}/api/v1/me`, { headers });
      expect((await me({ [header]: DEMO.owner })).status).toBe(401);
      const Authorization = `Bearer ${await desk.tokenOf(DEMO.agent)}`;
      const { member } = (await (await me({ [header]: DEMO.owner, Authorization })).json()) as { member: object };
      expect(member).toMatchObject({ role: 'agent', email: DEMO.agent });
    },
  );

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
    for (const name of PLATFORM) {
      await expect(outcome(operation(name), authorization)).resolves.toEqual([name, 401, 'auth.required']);
    }
    for (const name of OPERATIONS) {
      const [, status, code] = await outcome(operation(name), authorization);
      const decision = code === 'auth.forbidden' ? 'no' : status === 401 ? 'unknown' : 'yes';
      expect([name, decision]).toEqual([name, TABLE.get(name)?.[role]]);
    }
  });
});
