import { applyDecorators, Get, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { documentEndpoint } from './endpoint-documentation.js';
import { ENDPOINT, type Endpoint } from './endpoint-metadata.js';
import type { Cost } from './limits/policies.js';
import type { Problem } from './problem.js';
import { QueryInterceptor } from './query.interceptor.js';

export interface DownloadOptions {
  /** Name in camelCase: the `operationId`. */
  readonly name: string;
  readonly path: string;
  /** One short sentence for people. */
  readonly summary: string;
  /** What the file is, e.g. `application/gzip`. */
  readonly type: string;
  readonly problems?: readonly Problem[];
  readonly costs?: Cost;
}

/** A route that answers with a file of bytes: its method returns an `Answer` with a `Download`. */
export function DownloadEndpoint(options: DownloadOptions): MethodDecorator {
  const { name, path, type, costs } = options;
  const endpoint: Endpoint = { name, status: 200, guarded: false, idempotent: false, reads: [], costs };
  return applyDecorators(
    Get(path),
    SetMetadata(ENDPOINT, endpoint),
    UseInterceptors(QueryInterceptor),
    documentEndpoint({ ...endpoint, ...options }),
    ApiResponse({
      status: 200,
      description: 'The file.',
      content: { [type]: { schema: { type: 'string', format: 'binary' } } },
    }),
  );
}
