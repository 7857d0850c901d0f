import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { type Configuration, isLoopback } from '@ledgerdesk/config';
import { general } from './general-problems.js';
import { inKey, isStorable } from './json-value.js';
import { type PlaceError, ProblemError } from './problem.js';

/** Headers by which somebody might hope to choose the tenant. */
const TENANT_HEADERS = [
  'workspaceid',
  'workspace-id',
  'x-workspace-id',
  'accountid',
  'account-id',
  'x-account-id',
] as const;

/** What a browser says of a request that no page of another site made: one of ours, or the person itself. */
const OURS = new Set(['same-origin', 'none']);

/** Probes of an orchestrator come by address, not by name; these answer nothing worth rebinding a name for. */
const PROBES = /^\/api\/health\/(?:live|ready)$/;

/**
 * Refuses requests that carry another site's name (DNS rebinding, poisoned links), changing requests from pages of other
 * sites, a tenant outside of the credential, and addresses that hold no text.
 */
export function requestRules({ http }: Pick<Configuration, 'http'>): RequestHandler {
  const ours = new URL(http.publicUrl);
  const allowed = new Set([ours.origin, ...http.corsOrigins]);
  const local = isLoopback(http.host);

  const isOurHost = (host: string | undefined): boolean => {
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    const { hostname, pathname, username, search } = new URL(`http://${host}`);
    if (pathname !== '/' || username !== '' || search !== '') return false;
    return hostname === ours.hostname || (local && isLoopback(hostname));
  };
  const isOurOrigin = (origin: string, host: string | undefined): boolean =>
    allowed.has(origin) || (local && origin === `http://${host ?? ''}`);

  /** Browsers say both, and a page can not keep them from it; programs say neither. */
  const comesFromHere = ({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
    origin === undefined ? site === undefined || OURS.has(site) : isOurOrigin(origin, host);

  return (request, _response, next) => {
    const { host } = request.headers;
    if (!isOurHost(host) && !PROBES.test(request.path)) {
      next(new ProblemError(general.misdirected));
    } else if (!isSafe(request.method) && !comesFromHere(request.headers)) {
      next(new ProblemError(general.originRefused));
    } else {
      const place = inHeaders(request.headers) ?? (request.url.includes('?') ? inQuery(request.url) : undefined);
      next(place && new ProblemError(general.invalid, place.message, [place]));
    }
  };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

function inHeaders(headers: Readonly<Record<string, unknown>>): PlaceError | undefined {
  const name = TENANT_HEADERS.find((header) => headers[header] !== undefined);
  return name === undefined
    ? undefined
    : {
        pointer: `@${name}`,
        code: 'tenant.from-credential',
        message: 'Workspace and account come from the credential only.',
      };
}

function inQuery(url: string): PlaceError | undefined {
  const text = url.slice(url.indexOf('?') + 1);
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const value = decoded(equals === -1 ? '' : pair.slice(equals + 1));
    if (key === undefined || value === undefined || !isStorable(value)) {
      return { pointer: '?', code: 'text.unstorable', message: 'The query is not percent-encoded UTF-8 text.' };
    }
    const found = inKey(key, []);
    if (found) return { ...found, pointer: `?${key}` };
  }
  return undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
