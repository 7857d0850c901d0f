import { Seal } from '@ledgerdesk/http';
import { newId } from '@ledgerdesk/kernel';
import { present } from '@ledgerdesk/testing';
import { DeactivateMember, memberDecider, ReactivateMember } from '@ledgerdesk/workspaces';
import type { TestBrowser } from '../spec/test-browser.js';
import { callbackOf, type ProviderDesk, providerDesk, PUBLIC } from '../spec/provider-desk.js';

const REFUSED = `${PUBLIC}/sign-in?provider=refused`;
const START = `${PUBLIC}/api/v1/auth/oidc/demo/start`;
const isCallback = (address: string): boolean => address.startsWith(callbackOf('demo'));
const MAYA = { sub: 'maya', email: 'agent@demo.test', email_verified: true, name: 'Maya L.' };

let at: ProviderDesk;

beforeAll(async () => {
  at = await providerDesk();
}, 120_000);

afterAll(async () => {
  await at.close();
});

beforeEach(async () => {
  at.provider.lie = undefined;
  at.provider.person = MAYA;
  at.provider.refused.length = 0;
  await at.desk.readStore.global((sql) => sql.rows('delete from sign_in_limit'));
  await at.owner.delete('/workspace/sign-in-provider').expect(200);
  await at.setUp();
});

interface Who {
  readonly member: { readonly id: string; readonly name: string; readonly email: string; readonly role: string };
  readonly workspace: { readonly slug: string };
}

/** Who the browser is signed in as, as the desk finds out. */
async function who(browser: TestBrowser): Promise<(Who & { readonly accessToken: string }) | number> {
  const answer = await browser.open(`${PUBLIC}/api/v1/auth/refresh`, { method: 'POST' });
  return answer.status === 200 ? ((await answer.json()) as Who & { accessToken: string }) : answer.status;
}

async function links(): Promise<number> {
  const rows = await at.desk.readStore.global((sql) => sql.rows('select 1 from provider_identity'));
  return rows.length;
}

async function sessions(): Promise<number> {
  const rows = await at.desk.readStore.global((sql) => sql.rows('select 1 from session where by_provider'));
  return rows.length;
}

/** Goes to the provider and comes back, all the way; expects the one refusal, and that nothing came of it. */
async function expectRefused(attempt: () => Promise<readonly [TestBrowser, string]>): Promise<void> {
  const before = [await sessions(), await links()];
  const [browser, end] = await attempt();
  expect(end).toBe(REFUSED);
  expect(await who(browser)).toBe(401);
  expect([await sessions(), await links()]).toEqual(before);
}

function why(): string {
  const line = at.desk.logged.findLast((each) => each.includes('sign-in by a provider refused')) ?? '{}';
  return (JSON.parse(line) as { reason?: string }).reason ?? '';
}

describe('signing in with a provider', () => {
  it('leads into the desk, on the own seat, with no token in any address', async () => {
    const browser = at.browser();
    const addresses: string[] = [];
    const end = await browser.follow(`${START}?to=%2Ftickets%2F1%3Fview%3Dmine`, (address) => {
      addresses.push(address);
      return false;
    });
    expect(end).toBe(`${PUBLIC}/tickets/1?view=mine`);
    expect(await who(browser)).toMatchObject({
      member: { name: 'Maya Lindqvist', email: 'agent@demo.test', role: 'agent' },
      workspace: { slug: 'demo' },
    });
    expect(addresses.join('\n')).not.toMatch(/eyJ|access_token|id_token/);
    const [, question = ''] = addresses;
    expect(Object.fromEntries(new URL(question).searchParams)).toMatchObject({
      ...{ redirect_uri: callbackOf('demo'), response_type: 'code', scope: 'openid email profile' },
      ...{ code_challenge_method: 'S256', state: expect.any(String) as string, nonce: expect.any(String) as string },
    });
    expect(await links()).toBe(1);
  });

  it('believes the user info where the token says no address, and no more than the token', async () => {
    await at.setUp({ issuer: at.other.issuer });
    at.other.person = { ...MAYA, email_verified: false };
    expect(await at.browser().follow(START)).toBe(REFUSED);
    at.other.person = MAYA;
    expect(await at.browser().follow(START)).toBe(`${PUBLIC}/tickets`);
  });

  it('N3 keeps its cookie from scripts and other routes, for ten minutes; it opens nothing and shows nothing', async () => {
    const answer = await at.browser().open(START);
    const [cookie = '', ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(
      /^ld_flow=[\w-]+; Max-Age=600; Path=\/api\/v1\/auth\/oidc; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  it('N4 leads to no other place, whatever a link says, and takes no address from a request', async () => {
    const browser = at.browser();
    expect(await browser.follow(`${START}?to=%2F%2Fevil.example`)).toBe(`${PUBLIC}/tickets`);
    const answer = await at
      .browser()
      .open(START, { headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' } });
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('redirect_uri')).toBe(callbackOf('demo'));
  });

  it('is refused in one way for a name that nobody has, one without a provider and one whose provider is off', async () => {
    const answers = [];
    for (const slug of ['nobody', 'globex', 'demo']) {
      if (slug === 'demo') await at.setUp({ enabled: false });
      const { status, headers } = await at.browser().open(START.replace('demo', slug));
      answers.push([status, headers.get('location'), headers.getSetCookie(), [...headers.keys()].toSorted().join()]);
    }
    expect(answers[0]?.slice(0, 3)).toEqual([303, '/sign-in?provider=refused', []]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe('a provider is not believed', () => {
  it.each([
    ['an address that nobody has verified', { email_verified: false }, 'not verified'],
    ['an address of another domain', { email: 'agent@evil.example' }, 'another domain'],
    ['no address', { email: undefined }, 'no e-mail address'],
    ['an owner', { email: 'owner@demo.test' }, 'owners'],
    ['somebody of another workspace', { email: 'agent@globex.test' }, 'another domain'],
    ['somebody whom nobody knows', { email: 'new@demo.test' }, 'members are not made'],
  ])('B18 about %s', async (_, claims, reason) => {
    at.provider.person = { ...MAYA, sub: JSON.stringify(claims), ...claims };
    await expectRefused(async () => {
      const browser = at.browser();
      return [browser, await browser.follow(START)];
    });
    expect(why()).toContain(reason);
  });

  it('B18 about an account of another workspace, also when its domain is believed', async () => {
    await at.setUp({ domains: ['globex.test', 'demo.test'], createMembers: true });
    const rows = await at.desk.readStore.global((sql) =>
      sql.rows<{ email: string }>(`select email from account where email like '%globex%'`),
    );
    at.provider.person = { ...MAYA, sub: 'globex', email: present(rows[0]).email };
    await at.setUp({ domains: [present(rows[0]?.email.split('@')[1])], createMembers: true });
    await expectRefused(async () => {
      const browser = at.browser();
      return [browser, await browser.follow(START)];
    });
    expect(why()).toContain('no seat here');
  });

  it('B18 about a seat that somebody else has come to by this address before', async () => {
    await at.browser().follow(START);
    at.provider.person = { ...MAYA, sub: 'another-maya' };
    await expectRefused(async () => {
      const browser = at.browser();
      return [browser, await browser.follow(START)];
    });
    expect(why()).toContain('another subject');
  });

  it('about a member who was deactivated', async () => {
    const { body } = await at.owner.get('/members').expect(200);
    const { id } = present(
      (body as { data: { id: string; name: string }[] }).data.find(({ name }) => name === 'Maya Lindqvist'),
    );
    const context = { workspaceId: at.owner.workspaceId, actor: 'system:test', correlationId: id } as const;
    await at.desk.runner.run(memberDecider, new DeactivateMember(id), { ...context, commandId: newId() });
    await expectRefused(async () => {
      const browser = at.browser();
      return [browser, await browser.follow(START)];
    });
    await at.desk.runner.run(memberDecider, new ReactivateMember(id), { ...context, commandId: newId() });
  });
});

describe('what comes back from a provider', () => {
  /** A browser that stands before the last step, and the address that it was sent to. */
  async function before(): Promise<readonly [TestBrowser, URL]> {
    const browser = at.browser();
    return [browser, new URL(await browser.follow(START, isCallback))];
  }

  it('B18 N3 is refused in a browser that has begun nothing', async () => {
    const [, answer] = await before();
    await expectRefused(async () => {
      const other = at.browser();
      return [other, await other.follow(answer.href)];
    });
  });

  it('B18 is refused with another state, and ends nothing', async () => {
    const [browser, answer] = await before();
    const kept = present(browser.own.get('ld_flow'));
    const forged = new URL(answer);
    forged.searchParams.set('state', 'x'.repeat(43));
    await expectRefused(async () => [browser, await browser.follow(forged.href)]);
    expect(why()).toBe('another state');
    browser.own.set('ld_flow', kept);
    expect(await browser.follow(answer.href)).toBe(`${PUBLIC}/tickets`);
  });

  it('B18 is refused with another nonce, signed or not', async () => {
    at.provider.lie = ({ path, query }) => {
      if (path === '/auth') query.nonce = 'another-nonce-of-another-sign-in';
    };
    await expectRefused(async () => {
      const browser = at.browser();
      return [browser, await browser.follow(START)];
    });
    expect(why()).toMatch(/nonce/);
  });

  it('B18 is refused with the code of somebody else, because it was asked for with another verifier', async () => {
    const [, answer] = await before();
    const [thief, own] = await before();
    own.searchParams.set('code', answer.searchParams.get('code') ?? '');
    await expectRefused(async () => [thief, await thief.follow(own.href)]);
    expect(at.provider.refused).toHaveLength(1);
  });

  it.each([
    ['of another provider', 'other'],
    ['that is missing', undefined],
  ])('B18 is refused with an issuer %s', async (_, issuer) => {
    const [browser, answer] = await before();
    if (issuer === undefined) answer.searchParams.delete('iss');
    else answer.searchParams.set('iss', at.other.issuer);
    await expectRefused(async () => [browser, await browser.follow(answer.href)]);
    expect(why()).toContain('"iss"');
  });

  it('B18 is refused at another workspace', async () => {
    const [browser, answer] = await before();
    await expectRefused(async () => [browser, await browser.follow(answer.href.replace('/demo/', '/globex/'))]);
    expect(why()).toBe('begun at another workspace');
  });

  it('B18 is good once: neither the sign-in nor the code is taken again', async () => {
    const [browser, answer] = await before();
    const kept = present(browser.own.get('ld_flow'));
    expect(await browser.follow(answer.href)).toBe(`${PUBLIC}/tickets`);
    await expectRefused(async () => {
      const again = at.browser();
      again.own.set('ld_flow', kept);
      return [again, await again.follow(answer.href)];
    });
    expect(why()).toBe('used before');
  });

  it('B18 is refused after ten minutes', async () => {
    const [browser, answer] = await before();
    const seal = new Seal(at.desk.database.installationKey, 'sign-in-provider-flow');
    const word = Buffer.from(present(browser.own.get('ld_flow')), 'base64url');
    const flow = JSON.parse(present(seal.open('flow', word)).toString()) as { until: number };
    expect(flow.until - Date.now()).toBeLessThanOrEqual(600_000);
    const old = seal.seal('flow', Buffer.from(JSON.stringify({ ...flow, until: Date.now() - 60_000 })));
    browser.own.set('ld_flow', old.toString('base64url'));
    await expectRefused(async () => [browser, await browser.follow(answer.href)]);
    expect(why()).toContain('too long ago');
  });

  it('B18 is refused when the provider was turned off or set up anew meanwhile', async () => {
    const [browser, answer] = await before();
    await at.setUp({ domains: ['demo.test', 'example.org'] });
    await expectRefused(async () => [browser, await browser.follow(answer.href)]);
    expect(why()).toContain('set up anew');
  });
});

describe('people who come for the first time', () => {
  it('become members by the rules of the workspace, once, and stay who they are under another address', async () => {
    const roleRules = [
      { value: 'leads', role: 'supervisor' },
      { value: 'desk', role: 'light_agent' },
    ];
    await at.setUp({ createMembers: true, roleClaim: 'groups', roleRules });
    at.provider.person = { ...MAYA, sub: 'ada', email: 'Ada@demo.test', name: 'Ada Lovelace', groups: ['x', 'desk'] };
    const first = at.browser();
    expect(await first.follow(START)).toBe(`${PUBLIC}/tickets`);
    const joined = await who(first);
    expect(joined).toMatchObject({ member: { name: 'Ada Lovelace', email: 'ada@demo.test', role: 'light_agent' } });
    at.provider.person = { ...at.provider.person, email: 'ada.byron@demo.test', groups: ['leads'] };
    const second = at.browser();
    await second.follow(START);
    const again = await who(second);
    expect(again).toMatchObject({ member: { email: 'ada@demo.test', role: 'light_agent' } });
    expect([joined, again].map((each) => (each as Who).member.id)).toEqual(
      Array<string>(2).fill((joined as Who).member.id),
    );
  });
});
