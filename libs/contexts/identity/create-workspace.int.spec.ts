import { newId } from '@ledgerdesk/kernel';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { Accounts } from './accounts.js';
import { createWorkspace, type WorkspaceToCreate } from './create-workspace.js';
import { HashingQueue } from './passwords/hashing-queue.js';
import { Passwords } from './passwords/passwords.js';

const PASSWORD = 'correct horse battery';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const owned = (slug: string, email = `${newId()}@example.com`, password = PASSWORD): WorkspaceToCreate => ({
  slug,
  name: 'Initech',
  timeZone: 'UTC',
  owner: { name: 'Bill Lumbergh', email },
  password: () => Promise.resolve(password),
});

const create = (workspace: WorkspaceToCreate): Promise<void> => {
  const accounts = new Accounts(desk.readStore);
  const passwords = new Passwords(new HashingQueue());
  return createWorkspace({ runner: desk.runner, accounts, passwords }, workspace);
};

async function signIn(email: string, password: string, workspace: string): Promise<[number, unknown]> {
  const answer = await fetch(`${desk.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password, workspace }),
  });
  return [answer.status, await answer.json()];
}

describe('creating a workspace', () => {
  it('gives it an owner who can sign in, and repeating it changes nothing', async () => {
    const email = 'Bill@Initech.example';
    await create(owned('initech', email));
    await create(owned('initech', email, 'another password'));
    const [status, body] = await signIn('bill@initech.example', PASSWORD, 'initech');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      member: { name: 'Bill Lumbergh', role: 'owner' },
      workspace: { slug: 'initech', name: 'Initech', timeZone: 'UTC' },
    });
    expect((await signIn(email, 'another password', 'initech'))[0]).toBe(401);
  });

  it('does not let somebody else into a workspace that exists', async () => {
    await create(owned('hooli'));
    const email = 'intruder@example.com';
    await expect(create(owned('hooli', email))).rejects.toMatchObject({ code: 'workspace.exists' });
    expect((await signIn(email, PASSWORD, 'hooli'))[0]).toBe(401);
  });

  it('gives an account that exists a second seat, with the password that it has', async () => {
    await create(owned('first', 'twice@example.com'));
    const asked = jest.fn<Promise<string>, []>();
    await create({ ...owned('second', 'twice@example.com'), password: asked });
    expect(asked).not.toHaveBeenCalled();
    expect((await signIn('twice@example.com', PASSWORD, 'second'))[0]).toBe(200);
    expect((await signIn('twice@example.com', PASSWORD, 'first'))[0]).toBe(200);
  });

  it.each([
    ['account.email-invalid', owned('bad', 'nobody')],
    ['account.password-unfit', owned('bad', 'a@example.com', 'short')],
    ['account.password-unfit', owned('bad', 'a@example.com', 'x'.repeat(257))],
    ['account.password-unfit', owned('bad', 'a@example.com', 'ledgerdesk-demo')],
    ['workspace.slug-invalid', owned('B-', 'a@example.com')],
  ])('refuses with %s before it writes anything', async (code, workspace) => {
    await expect(create(workspace)).rejects.toMatchObject({ code });
    expect(await new Accounts(desk.readStore).byEmail('a@example.com')).toBeUndefined();
  });
});
