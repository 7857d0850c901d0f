import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { firstValueFrom, type Observable, of } from 'rxjs';
import { ENDPOINT, type Endpoint } from './endpoint-metadata.js';
import { LIMITS, type Limits } from './limits/limits.js';
import { ReadYourWrites } from './read-your-writes.js';
import { Renderer } from './render.js';
import type { Reply } from './reply.js';
import type { DeskRequest } from './request.js';
import { refuseSurplus } from './surplus.js';

/** Around every query endpoint: waits until the caller can read its own writes, and renders the answer. */
@Injectable()
export class QueryInterceptor implements NestInterceptor<unknown, Reply> {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Renderer) private readonly renderer: Renderer,
    @Inject(ReadYourWrites) private readonly readYourWrites: ReadYourWrites,
    @Inject(LIMITS) private readonly limits: Limits | undefined,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<Reply>> {
    const request = context.switchToHttp().getRequest<DeskRequest>();
    const endpoint = this.reflector.get<Endpoint>(ENDPOINT, context.getHandler());
    const response = context.switchToHttp().getResponse<Response>();
    await this.limits?.admit(request, response, endpoint);
    refuseSurplus(request, context);
    // Set before anything is answered: "not found" may be stale too.
    if (await this.readYourWrites.isStale(request, endpoint.reads)) response.setHeader('Ledger-Stale', 'true');
    const value = await firstValueFrom(next.handle(), { defaultValue: undefined });
    return of(this.renderer.render(request, endpoint.status, value));
  }
}
