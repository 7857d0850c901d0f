export const DEMO_PASSWORD = 'ledgerdesk-demo';

/**
 * Signs a member in, by default one of the demo.
 * @param {string} url address of the desk
 * @returns {Promise<{ authorization: string, call: (path: string, options?: RequestInit) => Promise<Response> }>}
 */
export async function session(url, email = 'owner@demo.test', password = DEMO_PASSWORD) {
  const base = url.replace('localhost', '127.0.0.1');
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`Signing in as ${email} failed: ${answer.status} ${await answer.text()}`);
  const authorization = `Bearer ${(await answer.json()).accessToken}`;
  return {
    authorization,
    base,
    call: (path, options = {}) =>
      fetch(`${base}/api/v1${path}`, {
        ...options,
        headers: { authorization, 'content-type': 'application/json', ...options.headers },
      }),
  };
}
