import { hash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { firstValueFrom, type Observable, of } from 'rxjs';
import { commandId, newId } from '@ledgerdesk/kernel';
import { type Issuer, issuerOf } from './issuer.js';
import { ENDPOINT, type Endpoint } from './endpoint-metadata.js';
import { versionOf } from './etag.js';
import { general } from './general-problems.js';
import { Idempotency } from './idempotency/idempotency.js';
import { LIMITS, type Limits } from './limits/limits.js';
import { ProblemError } from './problem.js';
import { Problems } from './problems.js';
import { Renderer } from './render.js';
import type { Reply } from './reply.js';
import type { DeskRequest } from './request.js';
import { refuseSurplus } from './surplus.js';

/** Around every command endpoint: gives the command its context, answers a repeated request, and renders the answer. */
@Injectable()
export class CommandInterceptor implements NestInterceptor<unknown, Reply> {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Renderer) private readonly renderer: Renderer,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Problems) private readonly problems: Problems,
    @Inject(LIMITS) private readonly limits: Limits | undefined,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<Reply>> {
    const request = context.switchToHttp().getRequest<DeskRequest>();
    const endpoint = this.reflector.get<Endpoint>(ENDPOINT, context.getHandler());
    // Before the Idempotency-Key is looked up: what is refused here may be sent again with it.
    await this.limits?.admit(request, context.switchToHttp().getResponse<Response>(), endpoint);
    refuseSurplus(request, context);
    const basedOn = endpoint.guarded ? versionOf(request.headers['if-match']) : undefined;
    const issuer = issuerOf(request);
    if (!issuer) return of(await this.#answer(request, endpoint, next));
    const key = endpoint.idempotent ? keyOf(request) : undefined;
    const id = key === undefined ? newId() : commandId(issuer.workspaceId, issuer.name, endpoint.name, key);
    request.command = {
      workspaceId: issuer.workspaceId,
      actor: issuer.actor,
      ...(issuer.impersonatedBy !== undefined && { impersonatedBy: issuer.impersonatedBy }),
      commandId: id,
      correlationId: request.traceId ?? id,
      requestId: request.requestId,
      ...(basedOn !== undefined && { basedOn }),
      ...(request.sees && { sees: request.sees }),
    };
    if (key !== undefined) return of(await this.#once(request, issuer, id, endpoint, next));
    giveId(request, newId(), true);
    return of(await this.#answer(request, endpoint, next));
  }

  async #once(
    request: DeskRequest,
    { workspaceId }: Issuer,
    id: string,
    endpoint: Endpoint,
    next: CallHandler<unknown>,
  ): Promise<Reply> {
    const begun = await this.idempotency.begin(workspaceId, id, digestOf(request));
    switch (begun.kind) {
      case 'replay':
        return begun.reply.with({ 'Idempotent-Replayed': 'true' });
      case 'in-progress':
        throw new ProblemError(general.inProgress, undefined, [], { 'Retry-After': '1' });
      case 'other-request':
        throw new ProblemError(general.keyReused);
      case 'new':
        giveId(request, begun.newId, begun.isFirstTry);
        return this.#remembering(request, workspaceId, id, endpoint, next);
    }
  }

  /** A refusal by a rule is an answer like any other; a request that could not be read or finished may be sent again. */
  async #remembering(
    request: DeskRequest,
    workspaceId: string,
    id: string,
    endpoint: Endpoint,
    next: CallHandler<unknown>,
  ): Promise<Reply> {
    try {
      const reply = await this.#answer(request, endpoint, next);
      this.idempotency.complete(workspaceId, id, reply);
      return reply;
    } catch (error) {
      const refusal = this.problems.replyTo(error, request);
      if (refusal.status === 400) await this.idempotency.forget(workspaceId, id);
      else if (refusal.status >= 500 || refusal.status === 429) await this.idempotency.release(workspaceId, id);
      else this.idempotency.complete(workspaceId, id, refusal);
      throw error;
    }
  }

  async #answer(request: DeskRequest, endpoint: Endpoint, next: CallHandler<unknown>): Promise<Reply> {
    const value = await firstValueFrom(next.handle(), { defaultValue: undefined });
    return this.renderer.render(request, endpoint.status, value);
  }
}

/** The id for what the command may create; one that nobody can have used yet saves the command a look. */
function giveId(request: DeskRequest, id: string, isFresh: boolean): void {
  request.newId = id;
  if (isFresh && request.command) request.command = { ...request.command, newAggregate: id };
}

/** @throws ProblemError 400 when the key is empty, longer than 255 characters or not printable ASCII */
function keyOf(request: DeskRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new ProblemError(general.invalid, 'The Idempotency-Key is not valid.', [
    {
      pointer: '@Idempotency-Key',
      code: 'key.malformed',
      message: 'Use 1 to 255 printable ASCII characters without spaces.',
    },
  ]);
}

/** What makes two requests the same: the address with its ids, and the bytes of the body. */
function digestOf(request: DeskRequest): Buffer {
  return hash(
    'sha256',
    Buffer.concat([Buffer.from(`${request.originalUrl}\n`), request.rawBody ?? Buffer.of()]),
    'buffer',
  );
}
