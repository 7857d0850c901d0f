import { Outbound } from '@ledgerdesk/outbound';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { CLIENT, type ListeningProvider, listeningProvider } from './listening-provider.js';
import { TestBrowser } from './test-browser.js';

export const PUBLIC = 'http://help.example.org';
export const callbackOf = (slug: string): string => `${PUBLIC}/api/v1/auth/oidc/${slug}/callback`;

export interface ProviderDesk {
  readonly desk: TestDesk;
  readonly owner: Caller;
  /** Of the workspace `demo`, and another one that says in the user info what this one says in the token. */
  readonly provider: ListeningProvider;
  readonly other: ListeningProvider;
  browser(): TestBrowser;
  settings(changes?: object): object;
  setUp(changes?: object): Promise<void>;
  close(): Promise<void>;
}

/** A desk that may call providers on loopback, which is told to the outbound client where it is made and nowhere else. */
export async function providerDesk(): Promise<ProviderDesk> {
  const uris = [callbackOf('demo'), callbackOf('globex')];
  const provider = await listeningProvider('127.0.0.2', uris);
  const other = await listeningProvider('127.0.0.3', uris, 'in the user info');
  const desk = await startTestDesk(undefined, { PUBLIC_URL: PUBLIC });
  const rehearsed = new Outbound({
    ...{ plainHttp: true, ports: [provider.port, other.port], ownHosts: [], onFailure: () => undefined },
    rehearsal: { networks: ['127.0.0.0/8'], leastMilliseconds: 0 },
  });
  const outbound = desk.app.get(Outbound);
  jest.spyOn(outbound, 'send').mockImplementation((call) => rehearsed.send(call));
  jest.spyOn(outbound, 'check').mockImplementation((url) => {
    rehearsed.check(url);
  });
  const owner = await caller(desk, 'owner@demo.test');
  const settings = (changes: object = {}): object => ({
    ...{ enabled: true, issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
    ...{ domains: ['demo.test'], createMembers: false, defaultRole: 'agent', roleClaim: null, roleRules: [] },
    ...changes,
  });
  return {
    ...{ desk, owner, provider, other, settings },
    browser: () => new TestBrowser(PUBLIC, desk.url),
    async setUp(changes = {}) {
      await owner.put('/workspace/sign-in-provider', settings(changes), { 'If-Match': '*' }).expect(200);
    },
    async close() {
      await Promise.all([provider.stop(), other.stop()]);
      await desk.close();
    },
  };
}
