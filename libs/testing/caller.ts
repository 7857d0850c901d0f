import request from 'supertest';
import type { TestDesk } from './test-desk.js';

export type Headers = Readonly<Record<string, string>>;

/** One signed-in member of a demo workspace over HTTP. */
export interface Caller {
  readonly token: string;
  readonly memberId: string;
  readonly workspaceId: string;
  get(path: string, headers?: Headers): request.Test;
  post(path: string, body?: object, headers?: Headers): request.Test;
  put(path: string, body: object, headers?: Headers): request.Test;
  patch(path: string, body: object, headers?: Headers): request.Test;
  delete(path: string, headers?: Headers): request.Test;
}

/** Signs in by the front door. */
export async function caller(desk: TestDesk, email: string): Promise<Caller> {
  const token = await desk.tokenOf(email);
  const all = (headers: Headers = {}): Headers => ({ Authorization: `Bearer ${token}`, ...headers });
  const get: Caller['get'] = (path, headers) => request(desk.server).get(`/api/v1${path}`).set(all(headers));
  const { body } = await get('/me').expect(200);
  const { member, workspace } = body as { member: { id: string }; workspace: { id: string } };
  return {
    token,
    memberId: member.id,
    workspaceId: workspace.id,
    get,
    post: (path, sent = {}, headers = {}) => request(desk.server).post(`/api/v1${path}`).set(all(headers)).send(sent),
    put: (path, sent, headers) => request(desk.server).put(`/api/v1${path}`).set(all(headers)).send(sent),
    patch: (path, sent, headers) => request(desk.server).patch(`/api/v1${path}`).set(all(headers)).send(sent),
    delete: (path, headers) => request(desk.server).delete(`/api/v1${path}`).set(all(headers)),
  };
}
