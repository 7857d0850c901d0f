import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import * as openid from 'openid-client';
import { type Clock, newId } from '@ledgerdesk/kernel';
import type { ReadStore } from '@ledgerdesk/read-store';
import type { Directory } from '@ledgerdesk/workspaces';
import type { Claims } from './believed.js';
import { type Flow, FLOW_MINUTES, pathInside } from './flow.js';
import type { ProviderClient } from './provider-client.js';
import type { ProviderDirectory, VersionedProvider } from './provider-directory.js';
import type { ProviderSecrets } from './provider-secrets.js';
import { redirectUri } from './redirect-uri.js';
import type { SealedWord } from './sealed-word.js';

/** Of metadata and keys of a provider. */
const REMEMBERED_MILLISECONDS = 600_000;
const MOST_REMEMBERED = 200;
const FLOW_MILLISECONDS = FLOW_MINUTES * 60_000;

export interface ProviderSignInParts {
  readonly store: ReadStore;
  readonly workspaces: Directory;
  readonly providers: ProviderDirectory;
  readonly secrets: ProviderSecrets;
  readonly client: ProviderClient;
  readonly flows: SealedWord<Flow>;
  readonly clock: Clock;
  /** Origin of the desk as configured; never what a request says. */
  readonly publicUrl: string;
}

/** What a provider has said about somebody, and which settings it was believed with. */
export interface Vouching {
  readonly flow: Flow;
  readonly provider: VersionedProvider;
  readonly claims: Claims;
}

/** Sends browsers to providers, and takes what providers send back. Every refusal is a sentence for the log, and the same for the browser. */
export class ProviderSignIn {
  readonly #known = new LRUCache<string, openid.Configuration>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MILLISECONDS });

  constructor(private readonly parts: ProviderSignInParts) {}

  /** Where to send the browser, and what it has to keep meanwhile. */
  async begin(
    slug: string,
    to: string | undefined,
  ): Promise<{ readonly address: string; readonly flow: string } | string> {
    const { secrets, workspaces, clock, flows, publicUrl } = this.parts;
    const [workspaceId, another] = await secrets.workspacesOf(slug);
    if (workspaceId === undefined || another !== undefined) return 'no provider under this name';
    if ((await workspaces.workspace(workspaceId))?.slug !== slug) return 'no provider under this name';
    const provider = await this.#enabled(workspaceId);
    if (typeof provider === 'string') return provider;
    const configuration = await this.#configuration(workspaceId, provider);
    if (typeof configuration === 'string') return configuration;
    const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
    const address = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri(publicUrl, slug),
      response_type: 'code',
      scope: 'openid email profile',
      ...{ state, nonce },
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const { version } = provider;
    const until = clock.now() + FLOW_MILLISECONDS;
    const flow = { id: newId(), workspaceId, slug, version, state, nonce, verifier, to: pathInside(to), until };
    return { address: address.href, flow: flows.write(flow) };
  }

  /**
   * What the provider says about whom it has sent back.
   * @param search the query of the address that it has sent the browser to
   * @param word what the browser has kept
   */
  async finish(slug: string, search: URLSearchParams, word: string | undefined): Promise<Vouching | string> {
    const flow = this.parts.flows.read(word);
    if (!flow) return 'the browser has begun no sign-in, or too long ago';
    // Also a defence against mix-ups: each provider sends people back to an address of its own.
    if (flow.slug !== slug) return 'begun at another workspace';
    // Before the flow is used up: a link from elsewhere ends nobody's sign-in.
    if (!isEqual(search.get('state') ?? '', flow.state)) return 'another state';
    const provider = await this.#enabled(flow.workspaceId);
    if (typeof provider === 'string') return provider;
    if (provider.version !== flow.version) return 'the provider was set up anew meanwhile';
    if (!(await this.#isFirstUse(flow))) return 'used before';
    const configuration = await this.#configuration(flow.workspaceId, provider);
    if (typeof configuration === 'string') return configuration;
    try {
      return { flow, provider, claims: await this.#claims(configuration, flow, search) };
    } catch (error) {
      return reasonOf(error);
    }
  }

  async #claims(configuration: openid.Configuration, flow: Flow, search: URLSearchParams): Promise<Claims> {
    const address = new URL(redirectUri(this.parts.publicUrl, flow.slug));
    address.search = search.toString();
    const tokens = await openid.authorizationCodeGrant(configuration, address, {
      expectedState: flow.state,
      expectedNonce: flow.nonce,
      pkceCodeVerifier: flow.verifier,
      idTokenExpected: true,
    });
    const claims: Claims & { readonly sub: string } = tokens.claims() ?? { sub: '' };
    if (claims.email !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    // What was signed counts more than what was only answered; but an address and whether it is verified belong together.
    return { ...more, ...claims, email: more.email, email_verified: more.email_verified };
  }

  async #enabled(workspaceId: string): Promise<VersionedProvider | string> {
    const provider = await this.parts.providers.of(workspaceId);
    return provider?.settings.enabled === true ? provider : 'the provider is turned off';
  }

  async #configuration(workspaceId: string, provider: VersionedProvider): Promise<openid.Configuration | string> {
    const key = `${workspaceId}/${String(provider.version)}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { issuer, clientId, secretId } = provider.settings;
    const secret = await this.parts.secrets.read(workspaceId, secretId);
    if (secret === undefined) return 'the secret is not here';
    try {
      const configuration = await this.parts.client.discover({ workspaceId, issuer, clientId, secret });
      this.#known.set(key, configuration);
      return configuration;
    } catch (error) {
      return `the provider was not reached: ${reasonOf(error)}`;
    }
  }

  /** Of two who come back with the same sign-in one is refused, on whichever nodes. */
  async #isFirstUse({ id, until }: Flow): Promise<boolean> {
    const rows = await this.parts.store.global((sql) =>
      sql.rows(
        `with swept as (
           delete from used_sign_in_flow where id in (
             select id from used_sign_in_flow where good_until < now() order by good_until limit 5 for update skip locked))
         insert into used_sign_in_flow (id, good_until) values ($1, to_timestamp($2::float8 / 1000) + interval '1 hour')
         on conflict do nothing returning 1`,
        [id, until],
      ),
    );
    return rows.length > 0;
  }
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The library says in the causes what exactly was wrong, and in which claim. */
function reasonOf(error: unknown): string {
  const sentences: string[] = [];
  for (let at = error; at instanceof Error && sentences.length < 4; at = at.cause) sentences.push(at.message);
  const { claim } =
    (((error as Partial<Error>).cause as Partial<Error> | undefined)?.cause as { claim?: string } | undefined) ?? {};
  return [...sentences, ...(claim === undefined ? [] : [claim])].join('; ').slice(0, 300);
}
