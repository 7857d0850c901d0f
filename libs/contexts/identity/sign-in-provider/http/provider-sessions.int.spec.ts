import { authenticatorCode } from '@ledgerdesk/testing';
import { demoIds } from '../../demo/demo-people.js';
import { enrol, get, outcome, post, signIn, somebody, timePasses } from '../../http/spec/people.js';
import type { TestBrowser } from '../spec/test-browser.js';
import { type ProviderDesk, providerDesk, PUBLIC } from '../spec/provider-desk.js';

const START = `${PUBLIC}/api/v1/auth/oidc/demo/start`;
const CODE = `${PUBLIC}/api/v1/auth/oidc/code`;

let at: ProviderDesk;
let email: string;

beforeAll(async () => {
  at = await providerDesk();
  await at.setUp({ domains: ['example.com'] });
}, 120_000);

afterAll(async () => {
  await at.close();
});

beforeEach(async () => {
  email = await somebody(at.desk);
  at.provider.person = { sub: email, email, email_verified: true };
});

async function refreshed(browser: TestBrowser): Promise<{ status: number; token: string }> {
  const answer = await browser.open(`${PUBLIC}/api/v1/auth/refresh`, { method: 'POST' });
  const { accessToken = '' } = (await answer.json()) as { accessToken?: string };
  return { status: answer.status, token: accessToken };
}

async function showCode(browser: TestBrowser, code: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  return (await browser.open(CODE, { method: 'POST', headers, body: JSON.stringify({ code }) })).status;
}

describe('an account with a second factor', () => {
  it('B12 is asked for its code when the provider has asked for none, and has no session before', async () => {
    const { secret } = await enrol(at.desk, await signIn(at.desk, email));
    const browser = at.browser();
    expect(await browser.follow(`${START}?to=/audit`)).toBe(`${PUBLIC}/sign-in?provider=code&to=%2Faudit`);
    expect((await refreshed(browser)).status).toBe(401);
    expect(await showCode(browser, '000000')).toBe(401);
    expect((await refreshed(browser)).status).toBe(401);
    expect(await showCode(at.browser(), authenticatorCode(secret))).toBe(401);
    expect(await showCode(browser, authenticatorCode(secret))).toBe(200);
    expect((await refreshed(browser)).status).toBe(200);
    expect(await showCode(browser, authenticatorCode(secret))).toBe(401);
  });

  it('B12 has five codes in fifteen minutes, like at the front door', async () => {
    const { secret } = await enrol(at.desk, await signIn(at.desk, email));
    const browser = at.browser();
    await browser.follow(START);
    for (let guess = 0; guess < 5; guess += 1) expect(await showCode(browser, '000000')).toBe(401);
    expect(await showCode(browser, authenticatorCode(secret))).toBe(429);
    await timePasses(at.desk);
    expect(await showCode(browser, authenticatorCode(secret))).toBe(200);
  });

  it('is not asked again when the provider says that it has asked for two', async () => {
    await enrol(at.desk, await signIn(at.desk, email));
    at.provider.person = { ...at.provider.person, amr: ['pwd', 'otp'] };
    const browser = at.browser();
    expect(await browser.follow(START)).toBe(`${PUBLIC}/tickets`);
    expect((await refreshed(browser)).status).toBe(200);
  });
});

describe('a workspace that requires a second factor', () => {
  const require = async (secondFactor: string): Promise<void> => {
    await at.owner.post('/workspace/security', { secondFactor }, { 'If-Match': '*' }).expect(200);
  };

  it.each([
    [403, ['pwd']],
    [200, ['pwd', 'hwk']],
  ])('B12 answers %d to somebody without one of ours whom the provider has asked for %j', async (status, amr) => {
    at.provider.person = { ...at.provider.person, amr };
    const browser = at.browser();
    await browser.follow(START);
    const { token } = await refreshed(browser);
    await require('required');
    try {
      expect((await get(at.desk, { token }, '/members')).status).toBe(status);
    } finally {
      await require('optional');
    }
  });
});

describe('a session that a provider has opened', () => {
  it('A1 sees and ends no session of the same account in another workspace', async () => {
    const browser = at.browser();
    await browser.follow(START);
    const own = await refreshed(browser);
    await signIn(at.desk, email);
    const elsewhere = await signIn(at.desk, email);
    const all = await get(at.desk, elsewhere, '/me/sessions');
    const { id } = (all.body as { data: { id: string; current: boolean }[] }).data.find(({ current }) => current) ?? {};
    await at.desk.readStore.global((sql) =>
      sql.rows('update session set workspace_id = $2 where id = $1', [id, demoIds.workspace('globex')]),
    );
    const listed = await get(at.desk, own, '/me/sessions');
    expect((listed.body as { data: { id: string }[] }).data.map((each) => each.id)).not.toContain(id);
    expect((listed.body as { data: unknown[] }).data).toHaveLength(2);
    expect(outcome(await post(at.desk, own, `/me/sessions/${String(id)}/end`))).toEqual([404, 'session.not-found']);
    expect((await post(at.desk, own, '/me/sessions/end-others')).status).toBeLessThan(300);
    const goOn = await at.desk.readStore.global((sql) =>
      sql.rows<{ id: string }>(
        `select s.id from session s join account on account.id = account_id where email = $1 and ended_at is null and not by_provider`,
        [email],
      ),
    );
    expect(goOn).toEqual([{ id }]);
  });

  it('B12 is no fresh proof: nobody knows when the provider has last asked for anything', async () => {
    const admin = await somebody(at.desk, 'admin');
    at.provider.person = { sub: admin, email: admin, email_verified: true };
    const browser = at.browser();
    await browser.follow(START);
    const { token } = await refreshed(browser);
    const answer = await post(at.desk, { token }, '/workspace/security', { secondFactor: 'optional' });
    expect(outcome(answer)).toEqual([403, 'auth.step-up-required']);
    const proved = await post(at.desk, { token }, '/auth/step-up', { password: 'the very first one' });
    const { accessToken } = proved.body as { accessToken: string };
    const again = await post(at.desk, { token: accessToken }, '/workspace/security', { secondFactor: 'optional' });
    expect(again.status).toBe(200);
  });
});
