import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler, Response } from 'express';
import { generalProblems, ProblemError, styleNonce } from '@ledgerdesk/http';
import type { DeskFile } from './desk-files.js';

interface Served {
  readonly bytes: Buffer;
  readonly etag: string;
}

const PAGE = '/index.html';
/** What the built page has in the place of the word for its styles. */
const NONCE = /ngCspNonce=""/i;

type Encoding = 'br' | 'gzip' | 'identity';

const compress = {
  br: (bytes: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: 9 }),
  identity: (bytes: Buffer): Promise<Buffer> => Promise.resolve(bytes),
} as const;

/** Serves the built desk: files with a hash in their name for ever, and its page for every address that only the browser knows. */
export function serveDesk(files: ReadonlyMap<string, DeskFile>): RequestHandler {
  const ready = new Map<string, Promise<Served>>();

  const served = (file: DeskFile, encoding: Encoding): Promise<Served> => {
    const key = `${encoding}:${file.path}`;
    const known = ready.get(key);
    if (known) return known;
    const made = make(file, encoding);
    ready.set(key, made);
    // A file that could not be read once may be there the next time.
    made.catch(() => ready.delete(key));
    return made;
  };

  return (request, response, next) => {
    const { path } = request;
    if (isElsewhere(path)) {
      next();
      return;
    }
    const file = isReading(request.method) ? (files.get(path) ?? pageFor(files, path)) : undefined;
    if (!file) {
      next(new ProblemError(generalProblems.notFound));
      return;
    }
    if (file === files.get(PAGE)) {
      served(file, 'identity').then(({ bytes }) => {
        answerPage(bytes.toString(), response, request.method);
      }, next);
      return;
    }
    const encoding = file.compressible ? encodingFor(request.headers['accept-encoding']) : 'identity';
    served(file, encoding).then(({ bytes, etag }) => {
      response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      response.setHeader('ETag', etag);
      response.setHeader('Vary', 'Accept-Encoding');
      if (request.headers['if-none-match'] === etag) {
        response.status(304).end();
        return;
      }
      response.setHeader('Content-Type', file.type);
      if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
      response.setHeader('Content-Length', bytes.length);
      response.end(request.method === 'HEAD' ? undefined : bytes);
    }, next);
  };
}

/**
 * The page is another one each time, because it holds the word that allows the styles of this answer: so no browser may keep it, and its
 * two kilobytes are not worth compressing.
 */
function answerPage(page: string, response: Response, method: string): void {
  const bytes = Buffer.from(page.replace(NONCE, `ngCspNonce="${styleNonce(response)}"`));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.end(method === 'HEAD' ? undefined : bytes);
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isElsewhere(path: string): boolean {
  return path === '/api' || path.startsWith('/api/') || path.startsWith('/dev/') || path.startsWith('/socket.io');
}

/** A missing file (`/main-OLD.js`, `/favicon.gif`) must not turn into a page. */
function pageFor(files: ReadonlyMap<string, DeskFile>, path: string): DeskFile | undefined {
  return /\.\w+$/.test(path) ? undefined : files.get(PAGE);
}

function encodingFor(accepted: string | undefined): Encoding {
  const names = (accepted ?? '').split(',').map((entry) => entry.split(';', 1)[0]?.trim());
  if (names.includes('br')) return 'br';
  return names.includes('gzip') ? 'gzip' : 'identity';
}

async function make(file: DeskFile, encoding: Encoding): Promise<Served> {
  const bytes = await compress[encoding](await readFile(file.path));
  const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`;
  return { bytes, etag };
}
