import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { general } from './general-problems.js';
import type { Cost } from './limits/policies.js';
import type { Problem, ProblemDocument } from './problem.js';

export interface DocumentedEndpoint {
  readonly name: string;
  readonly summary: string;
  readonly status: number;
  readonly guarded: boolean;
  readonly idempotent: boolean;
  readonly reads: readonly string[];
  readonly answers?: z.ZodType;
  readonly problems?: readonly Problem[];
  readonly costs?: Cost;
}

/** Everything that the OpenAPI document says about one operation, examples included. */
export function documentEndpoint(endpoint: DocumentedEndpoint): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: endpoint.name, summary: endpoint.summary }),
    answer(endpoint),
    ...requestHeaders(endpoint),
    ...problems(endpoint),
  );
}

function answer({ name, status, answers, guarded, reads }: DocumentedEndpoint): MethodDecorator {
  if (!answers) return ApiResponse({ status, description: 'Done.' });
  const example = answers.meta()?.example;
  if (example === undefined) throw new Error(`The answer of ${name} has no example: give its schema one in meta().`);
  const headers = {
    ...(guarded && { ETag: header('Version and hash of the representation, for If-Match and If-None-Match') }),
    ...(reads.length > 0 && {
      'Ledger-Stale': header('true when the answer may miss what the request had already seen'),
    }),
  };
  return ApiResponse({ status, description: 'Done.', standardSchema: answers, example, headers });
}

function header(description: string): { description: string; schema: { type: string } } {
  return { description, schema: { type: 'string' } };
}

function requestHeaders({ guarded, idempotent, reads }: DocumentedEndpoint): MethodDecorator[] {
  return [
    ...(idempotent
      ? [
          ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description:
              'A word of your own (1 to 255 characters): sent again with the same body, it gets the first answer again. Kept 24 h.',
            schema: { type: 'string', maxLength: 255 },
          }),
        ]
      : []),
    ...(guarded
      ? [
          ApiHeader({
            name: 'If-Match',
            required: true,
            description: 'ETag that the change is based on, or *',
            schema: { type: 'string' },
          }),
        ]
      : []),
    ...(reads.length > 0
      ? [
          ApiHeader({
            name: 'Ledger-Position',
            required: false,
            description: 'Token of a write that the answer must already show; waits up to 2 s',
            schema: { type: 'string', pattern: '^[0-9a-z]+$' },
          }),
        ]
      : []),
  ];
}

function problems(endpoint: DocumentedEndpoint): MethodDecorator[] {
  const all = [
    general.invalid,
    general.signInRequired,
    general.forbidden,
    general.secondFactorRequired,
    general.scopeMissing,
    ...(endpoint.idempotent ? [general.inProgress, general.keyReused] : []),
    ...(endpoint.guarded ? [general.stale, general.preconditionRequired] : []),
    general.tooMany,
    general.internal,
    general.unavailable,
    ...(endpoint.problems ?? []),
  ];
  return [...Map.groupBy(all, ({ status }) => status)].map(([status, sameStatus]) =>
    ApiResponse({
      status,
      description: sameStatus.map(({ title }) => title).join('; '),
      ...(status === 429 && tooMany(sameStatus, endpoint)),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(sameStatus.map(({ code }) => [code, { $ref: `#/components/examples/${code}` }])),
        },
      },
    }),
  );
}

/** What is particular to 429: how long to wait, and for which requests there is a budget of their own. */
function tooMany(
  sameStatus: readonly Problem[],
  { costs }: DocumentedEndpoint,
): { description: string; headers: Record<string, object> } {
  const titles = sameStatus.map(({ title }) => title).join('; ');
  const only = costs?.with === undefined ? '' : ` with ${costs.with}`;
  return {
    description: costs ? `${titles}; requests${only} have a budget of their own: ${costs.class}` : titles,
    headers: { 'Retry-After': header('Seconds to wait before the request is sent again') },
  };
}

/** What a problem looks like on the wire. */
export function exampleOf({ code, status, title, explanation }: Problem): ProblemDocument {
  return {
    type: `https://help.example.org/api/problems/${code}`,
    title,
    status,
    detail: explanation,
    instance: '/api/v1/tickets',
    code,
    requestId: '0f3c6b1e-53a5-4c3b-9a39-5d1f2a7f6a10',
  };
}
