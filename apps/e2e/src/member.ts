import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { deskUrl, demoPassword } from './desk.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; empty when there is none, or when it is a file. */
  readonly body: Record<string, unknown>;
}

/** A member of a demo workspace who works over HTTP, and remembers every answer. */
export interface Member {
  readonly token: string;
  readonly memberId: string;
  readonly workspaceId: string;
  /** Every answer so far: status, headers (but the link to the next page) and body as they came. */
  readonly heard: readonly string[];
  /** @param path below `/api/v1` */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A question that must be answered. */
  get(path: string): Promise<Answer>;
  /** A command that must be carried out; overwrites whatever others did. */
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Signs in by the front door. */
export async function memberOf(email: string, url = deskUrl, password = demoPassword): Promise<Member> {
  const heard: string[] = [];
  const signedIn = await send(url, 'POST', '/auth/login', { email, password }, {});
  if (signedIn.status !== 200) throw new Error(`${email} could not sign in: ${signedIn.text}`);
  const { accessToken, member, workspace } = signedIn.body as {
    accessToken: string;
    member: { id: string };
    workspace: { id: string };
  };
  const ask: Member['ask'] = async (method, path, body, headers = {}) => {
    const answer = await send(url, method, path, body, {
      Authorization: `Bearer ${accessToken}`,
      'If-Match': '*',
      ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
      ...headers,
    });
    // The link to the next page repeats what was asked, so it holds whatever words the question did.
    const { link: _question, ...headersHeard } = answer.headers;
    heard.push(JSON.stringify([answer.status, headersHeard, answer.text]));
    return answer;
  };
  const succeed = async (asked: Promise<Answer>, what: string): Promise<Answer> => {
    const answer = await asked;
    if (answer.status >= 300) throw new Error(`${what}: ${String(answer.status)} ${answer.text}`);
    return answer;
  };
  return {
    token: accessToken,
    memberId: member.id,
    workspaceId: workspace.id,
    heard,
    ask,
    get: (path) => succeed(ask('GET', path), path),
    post: (path, body = {}, headers = {}) => succeed(ask('POST', path, body, headers), path),
  };
}

async function send(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    body: isJson(response) && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** A file is an answer, too. */
function isJson(response: Response): boolean {
  return /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
}

/** What a desk can be asked, from its own description. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** Below `/api/v1`. */
  readonly path: string;
  /** The body that the description shows. */
  readonly example: unknown;
}

interface Described {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>> };
}

/** Every operation of the description, except those that sign in and out. */
export async function describedOperations(): Promise<readonly Operation[]> {
  const response = await fetch(`${deskUrl}/api/openapi.json`);
  const document = (await response.json()) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, { example?: unknown }> };
  };
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/') && !path.startsWith('/api/v1/auth/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, requestBody }]) => {
        const schema = Object.values(requestBody?.content ?? {})[0]
          ?.schema.$ref.split('/')
          .at(-1);
        const example = schema === undefined ? undefined : (document.components.schemas[schema]?.example ?? {});
        return { name: operationId, method: method.toUpperCase(), path: path.slice('/api/v1'.length), example };
      }),
    );
}

/**
 * Asks again until an answer is as expected.
 * @throws Error with what was seen last, when it is not within that many seconds
 */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isExpected: (value: Value) => boolean,
  seconds = 10,
): Promise<Value> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await ask();
    if (isExpected(value)) return value;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after ${String(seconds)} s.`);
    await delay(50);
  }
}
