import { newId } from '@ledgerdesk/kernel';
import request from 'supertest';
import type { TestDesk } from './test-desk.js';

/** Somebody who runs the installation, signed in over HTTP. */
export interface PlatformCaller {
  readonly token: string;
  readonly adminId: string;
  get(path: string): request.Test;
  post(path: string, body?: object): request.Test;
}

const PASSWORD = 'four quiet boats at noon';

/** Makes a platform admin, as the command line would, and signs in by their door. */
export async function platformCaller(desk: TestDesk): Promise<PlatformCaller> {
  const [{ HashingQueue, Passwords }, { addPlatformAdmin, AdminTable }] = await Promise.all([
    import('@ledgerdesk/identity'),
    import('@ledgerdesk/platform'),
  ]);
  const email = `${newId()}@platform.test`;
  const tools = {
    runner: desk.runner,
    admins: new AdminTable(desk.readStore),
    passwords: new Passwords(new HashingQueue()),
  };
  await addPlatformAdmin(tools, { email, name: 'Olena Marchuk', password: () => Promise.resolve(PASSWORD) });
  const login = await request(desk.server).post('/api/v1/platform/auth/login').send({ email, password: PASSWORD });
  const { accessToken: token, admin } = login.body as { accessToken: string; admin: { id: string } };
  const authorization = `Bearer ${token}`;
  return {
    token,
    adminId: admin.id,
    get: (path) => request(desk.server).get(`/api/v1/platform${path}`).set('Authorization', authorization),
    post: (path, body = {}) =>
      request(desk.server).post(`/api/v1/platform${path}`).set('Authorization', authorization).send(body),
  };
}
