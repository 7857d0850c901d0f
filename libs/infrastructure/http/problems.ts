import { HttpException, Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { EventStoreBusy, EventStoreTimeout, EventStoreUnavailable } from '@ledgerdesk/event-store';
import { DomainError, type DomainErrorKind } from '@ledgerdesk/kernel';
import { isInfrastructure } from '@ledgerdesk/read-store';
import { general } from './general-problems.js';
import { type Problem, type ProblemDocument, ProblemError, problemOfCode } from './problem.js';
import { Reply } from './reply.js';
import type { DeskRequest } from './request.js';

const ofKind: Readonly<Record<DomainErrorKind, Problem>> = {
  invalid: general.notAllowed,
  forbidden: general.forbidden,
  'not-found': general.notFound,
  conflict: general.conflict,
  stale: general.stale,
};

const ofStatus = new Map<number, Problem>([
  [400, general.malformed],
  [401, general.signInRequired],
  [403, general.forbidden],
  [404, general.notFound],
  [405, general.methodNotAllowed],
  [408, general.timeout],
  [409, general.conflict],
  [412, general.stale],
  [413, general.tooLarge],
  [415, general.unsupportedMedia],
  [422, general.notAllowed],
  [428, general.preconditionRequired],
  [429, general.tooMany],
  [503, general.unavailable],
]);

/** Turns whatever was thrown into an RFC 9457 answer that tells the caller what to do and nothing about our insides. */
@Injectable()
export class Problems {
  readonly #publicUrl: string;

  constructor(@Inject(CONFIGURATION) { http }: Pick<Configuration, 'http'>) {
    this.#publicUrl = http.publicUrl;
  }

  replyTo(error: unknown, request: DeskRequest): Reply {
    const { problem, headers, ...said } = describe(error);
    const document: ProblemDocument = {
      type: `${this.#publicUrl}/api/problems/${said.code ?? problem.code}`,
      title: problem.title,
      status: problem.status,
      detail: said.detail ?? problem.explanation,
      instance: pathOf(request),
      code: said.code ?? problem.code,
      requestId: request.requestId,
      ...(request.traceId !== undefined && { traceId: request.traceId }),
      ...(said.errors && { errors: said.errors }),
      ...(said.conflicts && { conflicts: said.conflicts }),
    };
    return new Reply(
      problem.status,
      {
        'Content-Type': 'application/problem+json; charset=utf-8',
        ...(problem.status === 401 && { 'WWW-Authenticate': 'Bearer' }),
        ...(problem.status === 503 && { 'Retry-After': '2' }),
        ...headers,
      },
      JSON.stringify(document),
    );
  }
}

interface Description extends Partial<Pick<ProblemDocument, 'code' | 'detail' | 'errors' | 'conflicts'>> {
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

function describe(error: unknown): Description {
  if (error instanceof DomainError) return ofRule(error);
  if (error instanceof ProblemError) {
    const { problem, detail, places, headers } = error;
    return { problem, detail, headers, ...(places.length > 0 && { errors: [...places] }) };
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return { problem: ofStatus.get(status) ?? (status < 500 ? general.malformed : general.internal) };
  }
  if (error instanceof URIError) return { problem: general.malformed };
  return { problem: isTemporary(error) ? general.unavailable : general.internal };
}

function ofRule({ kind, code, message, conflicts }: DomainError): Description {
  const published = problemOfCode(code);
  const fallback = ofKind[kind];
  return {
    problem: published?.status === fallback.status ? published : fallback,
    code,
    detail: message,
    ...(conflicts.length > 0 && { conflicts: [...conflicts] }),
  };
}

/** Whether the same request may succeed a little later. */
export function isTemporary(error: unknown): boolean {
  return (
    error instanceof EventStoreBusy ||
    error instanceof EventStoreUnavailable ||
    error instanceof EventStoreTimeout ||
    isInfrastructure(error)
  );
}

function pathOf({ originalUrl }: DeskRequest): string {
  const end = originalUrl.indexOf('?');
  return end === -1 ? originalUrl : originalUrl.slice(0, end);
}
