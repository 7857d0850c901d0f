import request, { type Response } from 'supertest';
import { nameId, newId, type Role } from '@ledgerdesk/kernel';
import { authenticatorCode, type TestDesk } from '@ledgerdesk/testing';
import { JoinWorkspace, memberDecider } from '@ledgerdesk/workspaces';
import { Accounts } from '../../accounts.js';
import { demoIds } from '../../demo/demo-people.js';
import { Passwords } from '../../passwords/passwords.js';

export const PASSWORD = 'the very first one';

/** Somebody new, with a seat in the demo workspace and the password of everybody here. */
export async function somebody(desk: TestDesk, role: Role = 'agent'): Promise<string> {
  const email = `${newId()}@example.com`;
  const accounts = new Accounts(desk.readStore);
  const [accountId, memberId, commandId] = [nameId('test', email), nameId('test', 'seat', email), newId()];
  const workspaceId = demoIds.workspace('demo');
  await accounts.register({ accountId, email, passwordHash: await desk.app.get(Passwords).hash(PASSWORD) });
  await desk.runner.run(memberDecider, new JoinWorkspace(memberId, accountId, 'Somebody', role), {
    workspaceId,
    actor: 'system:test',
    commandId,
    correlationId: commandId,
  });
  await accounts.useSeat({ accountId, workspaceId, memberId });
  return email;
}

export interface Signed {
  readonly token: string;
  readonly refresh: string;
  readonly device: string;
}

export function tryToSignIn(desk: TestDesk, body: object, cookie = ''): Promise<Response> {
  return request(desk.server).post('/api/v1/auth/login').set('Cookie', cookie).send(body);
}

export async function signIn(desk: TestDesk, email: string, code?: string): Promise<Signed> {
  const answer = await tryToSignIn(desk, { email, password: PASSWORD, ...(code !== undefined && { code }) });
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.text}`);
  const cookies = answer.headers['set-cookie'] as unknown as string[];
  const named = (name: string): string => cookies.find((text) => text.startsWith(name))?.split(';')[0] ?? '';
  const { accessToken } = answer.body as { accessToken: string };
  return { token: accessToken, refresh: named('ld_refresh='), device: named('ld_device=') };
}

export function post(
  desk: TestDesk,
  { token }: Pick<Signed, 'token'>,
  path: string,
  body: object = {},
): Promise<Response> {
  return request(desk.server)
    .post(`/api/v1${path}`)
    .set({ Authorization: `Bearer ${token}`, 'If-Match': '*' })
    .send(body);
}

export function get(desk: TestDesk, { token }: Pick<Signed, 'token'>, path: string): Promise<Response> {
  return request(desk.server).get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
}

export const outcome = ({ status, body }: Response): [number, unknown] => [status, (body as { code?: string }).code];

/** Sets up a second factor as a person does. */
export async function enrol(
  desk: TestDesk,
  signed: Signed,
): Promise<{ secret: string; backupCodes: readonly string[] }> {
  const begun = await post(desk, signed, '/me/second-factor/begin', { password: PASSWORD });
  const { secret } = begun.body as { secret: string };
  const confirmed = await post(desk, signed, '/me/second-factor/confirm', { code: authenticatorCode(secret) });
  if (confirmed.status !== 200) throw new Error(`No second factor: ${confirmed.text}`);
  await timePasses(desk);
  return { secret, backupCodes: (confirmed.body as { backupCodes: string[] }).backupCodes };
}

/** So much that codes of now are new again, and attempts are forgotten. */
export async function timePasses(desk: TestDesk): Promise<void> {
  await desk.readStore.global((sql) => sql.rows('update second_factor set last_step = last_step - 10'));
  await desk.readStore.global((sql) => sql.rows('delete from sign_in_limit'));
}
