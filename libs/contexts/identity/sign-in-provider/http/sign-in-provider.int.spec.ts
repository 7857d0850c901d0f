import { type StoredEvent, streamName } from '@ledgerdesk/event-store';
import { type Caller, caller, present } from '@ledgerdesk/testing';
import { CLIENT } from '../spec/listening-provider.js';
import { callbackOf, type ProviderDesk, providerDesk } from '../spec/provider-desk.js';

const ROUTE = '/workspace/sign-in-provider';
let at: ProviderDesk;
let owner: Caller;

beforeAll(async () => {
  at = await providerDesk();
  ({ owner } = at);
}, 120_000);

afterAll(async () => {
  await at.close();
});

beforeEach(async () => {
  await owner.delete(ROUTE).expect(200);
});

async function events(): Promise<readonly StoredEvent[]> {
  return at.desk.store.read(streamName('provider', owner.workspaceId, owner.workspaceId));
}

describe('the provider of a workspace', () => {
  it('is shown without its secret, with the address to enter at the provider', async () => {
    const none = await owner.get(ROUTE).expect(200);
    expect(none.body).toEqual({ redirectUri: callbackOf('demo'), provider: null });
    const { body } = await owner.put(ROUTE, at.settings(), { 'If-Match': '*' }).expect(200);
    const { clientSecret: _, ...shown } = at.settings() as Record<string, unknown>;
    expect(body).toEqual({ redirectUri: callbackOf('demo'), provider: shown });
    const { body: read, headers } = await owner.get(ROUTE).expect(200);
    expect([read, headers.etag]).toEqual([body, expect.any(String)]);
  });

  it('has a secret that stands in no event, no log and no table as it is', async () => {
    await at.setUp();
    const { rows } = await at.desk.readStore.global(async (sql) => ({
      rows: await sql.rows<{ text: string }>(`select encode(sealed, 'escape') as text from sign_in_provider_secret`),
    }));
    const kept = JSON.stringify([await events(), rows, at.desk.logged]);
    expect(rows).toHaveLength(1);
    expect(kept).not.toContain(CLIENT.secret);
  });

  it('is changed by events that say who, and what was before', async () => {
    await at.setUp();
    await at.setUp({ enabled: false, domains: ['DEMO.test', 'example.org'] });
    const last = present((await events()).at(-1));
    expect([last.type, JSON.parse(last.data)]).toEqual([
      'SignInProviderConfigured',
      {
        from: { enabled: true, domains: ['demo.test'] },
        to: { enabled: false, domains: ['demo.test', 'example.org'] },
      },
    ]);
    const count = (await events()).length;
    await at.setUp({ enabled: false, domains: ['demo.test', 'example.org'] });
    expect(await events()).toHaveLength(count);
  });

  it('keeps its secret while the issuer is the same, and gives it to no other issuer', async () => {
    const keeping = { clientSecret: undefined };
    const { body: none } = await owner.put(ROUTE, at.settings(keeping), { 'If-Match': '*' }).expect(422);
    expect(none).toMatchObject({ code: 'sign-in-provider.secret-required' });
    await at.setUp();
    await at.setUp({ ...keeping, domains: ['example.org'] });
    const elsewhere = at.settings({ ...keeping, issuer: at.other.issuer });
    const { body } = await owner.put(ROUTE, elsewhere, { 'If-Match': '*' }).expect(422);
    expect(body).toMatchObject({ code: 'sign-in-provider.secret-required' });
  });

  it.each([
    ['sign-in-provider.issuer-invalid', { issuer: 'http://192.168.0.1' }],
    ['sign-in-provider.issuer-invalid', { issuer: 'https://login.example.org:22' }],
    ['sign-in-provider.issuer-invalid', { issuer: 'https://u:p@login.example.org' }],
    ['sign-in-provider.domain-invalid', { domains: ['@demo.test'] }],
    ['sign-in-provider.claim-missing', { roleRules: [{ value: 'a', role: 'agent' }] }],
  ])('G4 is refused with %s as %j', async (code, changes) => {
    const { body } = await owner.put(ROUTE, at.settings(changes), { 'If-Match': '*' }).expect(422);
    expect(body).toMatchObject({ code });
  });

  it('is asked about itself before it is used, and has to name this very issuer', async () => {
    const { body } = await owner
      .put(ROUTE, at.settings({ issuer: `${at.provider.issuer}/` }), { 'If-Match': '*' })
      .expect(422);
    expect(body).toMatchObject({ code: 'sign-in-provider.unreachable' });
    await owner.put(ROUTE, at.settings({ issuer: `${at.provider.issuer}/nowhere` }), { 'If-Match': '*' }).expect(422);
    await at.setUp({ enabled: false, issuer: `${at.provider.issuer}/nowhere` });
  });

  it.each([
    { defaultRole: 'owner' },
    { roleClaim: 'groups', roleRules: [{ value: 'a', role: 'owner' }] },
    { domains: [] },
    { clientSecret: '' },
    { secretId: '01936c0e-7a00-7000-8000-000000000001' },
  ])('C4 D2 is not understood as %j', async (changes) => {
    await owner.put(ROUTE, at.settings(changes), { 'If-Match': '*' }).expect(400);
  });

  it('is a matter of owners and admins', async () => {
    const supervisor = await caller(at.desk, 'supervisor@demo.test');
    await supervisor.get(ROUTE).expect(403);
    await supervisor.put(ROUTE, at.settings(), { 'If-Match': '*' }).expect(403);
    await supervisor.delete(ROUTE).expect(403);
    const admin = await caller(at.desk, 'admin@demo.test');
    await admin.get(ROUTE).expect(200);
  });

  it('is removed with its secret', async () => {
    await at.setUp();
    await owner.delete(ROUTE).expect(200);
    const { body } = await owner.get(ROUTE).expect(200);
    expect(body).toMatchObject({ provider: null });
    const rows = await at.desk.readStore.global((sql) => sql.rows('select 1 from sign_in_provider_secret'));
    expect(rows).toEqual([]);
  });
});
