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
  const get: Caller['get'] = (path, headers) => send('get', path, headers);
  const send = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, headers?: Headers): request.Test =>
    request(desk.server)
      [method](`/api/v1${path}`)
      .set(all(headers))
      .on('response', (answer: request.Response) => {
        explain(desk, answer);
      });
  const { body } = await get('/me').expect(200);
  const { member, workspace } = body as { member: { id: string }; workspace: { id: string } };
  return {
    token,
    memberId: member.id,
    workspaceId: workspace.id,
    get,
    post: (path, sent = {}, headers) => send('post', path, headers).send(sent),
    put: (path, sent, headers) => send('put', path, headers).send(sent),
    patch: (path, sent, headers) => send('patch', path, headers).send(sent),
    delete: (path, headers) => send('delete', path, headers),
  };
}

/** A caller hears nothing about our insides; whoever reads why a test failed needs what was logged. */
function explain(desk: TestDesk, { status, text }: request.Response): void {
  if (status < 500) return;
  const { requestId = '' } = JSON.parse(text) as { requestId?: string };
  console.warn(text, ...desk.logged.filter((line) => line.includes(requestId)));
}
