import * as openid from 'openid-client';
import type { Outbound, OutboundAnswer } from '@ledgerdesk/outbound';

/** Whom to ask, and as whom. */
export interface ProviderAccess {
  readonly workspaceId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
}

/** A provider whose metadata can not be used; people may read why. */
export class ProviderUnfit extends Error {
  override readonly name = 'ProviderUnfit';
}

/** Speaks OpenID Connect with the providers of workspaces. Every request leaves by the one way out. */
export class ProviderClient {
  constructor(private readonly outbound: Pick<Outbound, 'check' | 'send'>) {}

  /**
   * Asks the provider about itself.
   * @throws AddressRefused, CallFailed, CallsBusy, ProviderUnfit, and what the library says of metadata that is none
   */
  async discover({ workspaceId, issuer, clientId, secret }: ProviderAccess): Promise<openid.Configuration> {
    this.outbound.check(issuer);
    const configuration = await openid.discovery(new URL(issuer), clientId, undefined, authenticate(secret), {
      [openid.customFetch]: (url, request) => this.#fetch(workspaceId, url, request),
      execute: [
        openid.enableNonRepudiationChecks,
        // Which addresses may be called is for `Outbound` to say: it refuses http wherever the installation does.
        ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
      ],
    });
    // To the letter, because that is how tokens are compared; and no issuer that stands for many tenants at once.
    const metadata = configuration.serverMetadata();
    if (metadata.issuer !== issuer) throw new ProviderUnfit('The provider names another issuer.');
    if (metadata.authorization_endpoint === undefined || metadata.token_endpoint === undefined) {
      throw new ProviderUnfit('The provider has no authorization code flow.');
    }
    this.outbound.check(metadata.authorization_endpoint);
    return configuration;
  }

  async #fetch(
    workspaceId: string,
    url: string,
    { method, headers, body }: openid.CustomFetchOptions,
  ): Promise<Response> {
    if (method !== 'GET' && method !== 'POST') throw new Error(`No request with ${method} is made.`);
    const answer = await this.outbound.send({
      ...{ workspaceId, url, method },
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'user-agent')),
      ...(body !== null && body !== undefined && { body: bytesOf(body) }),
    });
    return responseOf(answer);
  }
}

/** With the method that the provider offers; one that says nothing takes the header (OpenID Connect Discovery 1.0, 3). */
function authenticate(secret: string): openid.ClientAuth {
  const [post, basic] = [openid.ClientSecretPost(secret), openid.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const offered = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (offered.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

function bytesOf(body: NonNullable<openid.FetchBody>): string | Uint8Array {
  if (body instanceof URLSearchParams) return body.toString();
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  throw new Error('A body of this kind is not sent.');
}

function responseOf({ status, headers, body, isWhole }: OutboundAnswer): Response {
  if (!isWhole) throw new ProviderUnfit('The provider answered with more than is read.');
  const bodiless = status === 204 || status === 205 || status === 304;
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return new Response(bodiless ? null : new Uint8Array(body), { status, headers: kept });
}
