import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Context, Provider } from 'oidc-provider';

export const CLIENT = { id: 'desk', secret: 'a-secret-of-the-provider' } as const;

/** What the provider says about whoever signs in next; `sub` names them. */
export type Person = Readonly<Record<string, unknown>> & { readonly sub: string };

/** A real OpenID Connect provider on loopback, in which everybody is signed in already. */
export interface ListeningProvider {
  readonly issuer: string;
  readonly port: number;
  person: Person;
  /** Looks at every request before the provider does; for providers that lie. */
  lie: ((context: Context) => void) | undefined;
  /** What was asked for tokens and refused. */
  readonly refused: string[];
  stop(): Promise<void>;
}

/**
 * @param address one of 127.0.0.0/8, which all lead to this machine and can be told apart
 * @param says where it says what it knows about addresses and names
 */
export async function listeningProvider(
  address: string,
  redirectUris: readonly string[],
  says: 'in the token' | 'in the user info' = 'in the token',
): Promise<ListeningProvider> {
  const server = createServer();
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://${address}:${String(port)}`;
  const people = new Map<string, Person>();
  const listening: ListeningProvider = {
    ...{ issuer, port, person: { sub: 'nobody' }, lie: undefined, refused: [] },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const provider = new Provider(issuer, {
    ...configurationFor(redirectUris),
    conformIdTokenClaims: says === 'in the user info',
    findAccount: (_: Context, sub: string) => ({ accountId: sub, claims: () => people.get(sub) }),
  });
  provider.use(async (context, next) => {
    listening.lie?.(context);
    if (!context.path.startsWith('/interaction/')) return next();
    context.respond = false;
    const { person } = listening;
    people.set(person.sub, person);
    await provider.interactionFinished(context.req, context.res, {
      login: { accountId: person.sub, amr: person.amr, remember: false },
    });
  });
  provider.on('grant.error', (_, error) => listening.refused.push(error.message));
  server.on('request', provider.callback());
  return listening;
}

function configurationFor(redirectUris: readonly string[]): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: redirectUris }],
    claims: { openid: ['sub', 'amr', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'of-a-test' }] },
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    pkce: { required: () => true },
    async loadExistingGrant({ oidc }: Context) {
      const { client, session, provider } = oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}
