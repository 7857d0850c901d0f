import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { z } from 'zod';
import { CommandInterceptor } from './command.interceptor.js';
import { documentEndpoint } from './endpoint-documentation.js';
import { ENDPOINT, type Endpoint } from './endpoint-metadata.js';
import { general } from './general-problems.js';
import type { Cost } from './limits/policies.js';
import type { Problem } from './problem.js';
import { QueryInterceptor } from './query.interceptor.js';

interface EndpointOptions {
  /** Name of the command or query in camelCase: the `operationId`. */
  readonly name: string;
  readonly path?: string;
  /** One short sentence for people. */
  readonly summary: string;
  /** Schema of the body of the answer, with an example in its `meta`; without one the answer has no body. */
  readonly answers?: z.ZodType;
  /** What this operation can refuse, beside what every operation can. */
  readonly problems?: readonly Problem[];
  /** Names the budget of a request that takes far more than others, e.g. `{ class: 'search', with: 'q' }`. */
  readonly costs?: Cost;
}

export interface QueryOptions extends EndpointOptions {
  readonly answers: z.ZodType;
  /** Read models behind the answer; a request that sends `Ledger-Position` waits for these to reach it. */
  readonly reads?: readonly string[];
}

export interface CommandOptions extends EndpointOptions {
  readonly method?: 'post' | 'put' | 'patch' | 'delete';
  /** 201 for a command that creates something, by default 200, or 204 when there is nothing to answer. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The command sets something: `If-Match` is required, and what it names arrives as `basedOn`. */
  readonly guarded?: boolean;
  /** false for the few routes that must not remember their answers, such as signing in. */
  readonly idempotent?: boolean;
}

/** A route that answers a question and changes nothing. */
export function QueryEndpoint(options: QueryOptions): MethodDecorator {
  const endpoint: Endpoint = {
    name: options.name,
    status: 200,
    guarded: false,
    idempotent: false,
    reads: options.reads ?? [],
    costs: options.costs,
  };
  return applyDecorators(
    Get(options.path),
    SetMetadata(ENDPOINT, endpoint),
    UseInterceptors(QueryInterceptor),
    documentEndpoint({ ...endpoint, ...options, status: 200 }),
  );
}

const routes = { post: Post, put: Put, patch: Patch, delete: Delete } as const;

/** A route that carries one command. POST takes an `Idempotency-Key`. */
export function CommandEndpoint(options: CommandOptions): MethodDecorator {
  const method = options.method ?? 'post';
  const endpoint: Endpoint = {
    name: options.name,
    status: options.status ?? (options.answers ? 200 : 204),
    guarded: options.guarded ?? false,
    idempotent: options.idempotent ?? method === 'post',
    reads: [],
    costs: options.costs,
  };
  return applyDecorators(
    routes[method](options.path),
    HttpCode(endpoint.status),
    SetMetadata(ENDPOINT, endpoint),
    UseInterceptors(CommandInterceptor),
    documentEndpoint({ ...options, ...endpoint, problems: [...(options.problems ?? []), general.suspended] }),
  );
}
