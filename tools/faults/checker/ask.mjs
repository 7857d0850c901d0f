import { createHash } from 'node:crypto';

/** After this long nobody at a desk would wait any more; the outcome is then unknown. */
const PATIENCE_MS = 4_000;

/**
 * Sends one request.
 * @returns {Promise<{ outcome: 'ok' | 'fail' | 'unknown', status?: number, why?: string, retryAfter?: string, body?: object,
 *   digest?: string, headers?: Headers }>} `unknown` when nobody can say whether it was carried out
 */
export async function ask(url, { method, path, token, headers = {}, body }) {
  try {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return heard(answer, await answer.text());
  } catch (error) {
    return { outcome: 'unknown', why: error.cause?.code ?? error.name };
  }
}

function heard(answer, text) {
  const { status, headers } = answer;
  const body = text === '' ? {} : JSON.parse(text);
  const said = { status, headers, body, retryAfter: headers.get('retry-after') ?? undefined };
  if (answer.ok) return { ...said, outcome: 'ok', digest: createHash('sha256').update(text).digest('hex') };
  // In progress: somebody is at it, or was when it died. Servers that fail say nothing about what they have done.
  const isOpen = status >= 500 || status === 429 || body.code === 'request.in-progress';
  return { ...said, outcome: isOpen ? 'unknown' : 'fail', why: body.code ?? `status ${status}` };
}
