import { isUtf8 } from 'node:buffer';
import type { RequestHandler } from 'express';
import { general } from './general-problems.js';
import { unacceptable } from './json-value.js';
import { type Problem, ProblemError } from './problem.js';
import type { DeskRequest } from './request.js';

export interface JsonBodyOptions {
  /** Bytes; 100 kB by default. */
  readonly limit?: number;
  /** Milliseconds from the head of the request to its last byte; 10,000 by default. */
  readonly patience?: number;
}

/**
 * Reads JSON bodies, and nothing else: no compression (an open advisory in Brotli, and bombs), no forms, no files. The value
 * that endpoints get has passed `unacceptable`.
 */
export function jsonBody({ limit = 100 * 1024, patience = 10_000 }: JsonBodyOptions = {}): RequestHandler {
  return (request, response, next) => {
    const desk = request as DeskRequest;
    if (!hasBody(desk)) {
      // A command that needs nothing may come without a body, and one that lacks its fields is told which.
      if (desk.method !== 'GET' && desk.method !== 'HEAD') desk.body = {};
      next();
      return;
    }
    const refusal = refuseHead(desk, limit);
    if (refusal) {
      // What follows is not read, so this connection can not carry another request.
      response.setHeader('Connection', 'close');
      next(refusal);
      return;
    }
    collect(desk, limit, patience).then(
      (bytes) => {
        desk.rawBody = bytes;
        next(accept(desk, bytes));
      },
      (error: unknown) => {
        response.setHeader('Connection', 'close');
        next(error);
      },
    );
  };
}

function hasBody({ headers }: DeskRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function refuseHead({ headers }: DeskRequest, limit: number): ProblemError | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return new ProblemError(general.unsupportedMedia);
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i.test(headers['content-type'] ?? '')) {
    return new ProblemError(general.unsupportedMedia);
  }
  return Number(headers['content-length'] ?? 0) > limit ? new ProblemError(general.tooLarge) : undefined;
}

function collect(request: DeskRequest, limit: number, patience: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const give = (settle: () => void): void => {
      clearTimeout(timer);
      request.off('data', onData);
      settle();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) refuse(general.tooLarge);
      else chunks.push(chunk);
    };
    const refuse = (problem: Problem): void => {
      request.pause();
      give(() => {
        reject(new ProblemError(problem));
      });
    };
    const timer = setTimeout(refuse, patience, general.timeout);
    request.on('data', onData);
    request.once('end', () => {
      give(() => {
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      });
    });
    request.once('error', (error) => {
      give(() => {
        reject(error);
      });
    });
  });
}

/** Parses into `request.body`; answers with the refusal, if there is one. */
function accept(request: DeskRequest, bytes: Buffer): ProblemError | undefined {
  if (!isUtf8(bytes)) return new ProblemError(general.malformed, 'The body is not valid UTF-8.');
  try {
    request.body = JSON.parse(bytes.toString()) as unknown;
  } catch {
    return new ProblemError(general.malformed, 'The body is not well-formed JSON.');
  }
  const place = unacceptable(request.body);
  return place && new ProblemError(general.malformed, place.message, [place]);
}
