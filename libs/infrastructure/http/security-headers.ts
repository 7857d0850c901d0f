import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Configuration } from '@ledgerdesk/config';

/** Swagger writes styles of its own into its page. Nothing of a tenant is shown there, and in production nothing at all. */
const DOCS = '/api/docs';

/** Data, which no browser draws: two answers to one question must not differ in a word that is drawn by lot. */
const DATA = /^\/api\/v\d+\//;

/**
 * What browsers may do with our answers. Scripts come from files of ours and from nowhere else. So do styles, but for those that carry the
 * word of this very answer: Angular writes the styles of components into the page, and is told the word in it (`ngCspNonce`).
 */
export function securityHeaders({ http }: Pick<Configuration, 'http'>): RequestHandler {
  const secure = http.publicUrl.startsWith('https:');
  const data = policy(secure);
  const ours = policy(secure, (_request, response) => `'nonce-${styleNonce(response as Response)}'`);
  const docs = policy(secure, "'unsafe-inline'");
  return (request, response, next) => {
    const isDocs = request.path === DOCS || request.path.startsWith(`${DOCS}/`);
    (isDocs ? docs : DATA.test(request.path) ? data : ours)(request, response, next);
  };
}

/** The word that allows inline styles in this answer; nobody can know it before. */
export function styleNonce({ locals }: Pick<Response, 'locals'>): string {
  const known = locals as { styleNonce?: string };
  known.styleNonce ??= randomBytes(18).toString('base64');
  return known.styleNonce;
}

type StyleSource = string | ((request: object, response: ServerResponse) => string);

function policy(secure: boolean, ...inlineStyles: readonly StyleSource[]): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", ...inlineStyles],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure && { upgradeInsecureRequests: [] }),
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure && { maxAge: 63_072_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
  });
}
