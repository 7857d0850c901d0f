import { type BeforeApplicationShutdown, Global, Inject, Module } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { Cursors } from './cursors.js';
import { Idempotency } from './idempotency/idempotency.js';
import { IdempotencyTable } from './idempotency/idempotency-table.js';
import { Budgets } from './limits/budgets.js';
import { LIMITS, Limits } from './limits/limits.js';
import { alarmsIn, SharedBudgets } from './limits/shared-budgets.js';
import { PositionTokens } from './position-tokens.js';
import { ProblemFilter } from './problem.filter.js';
import { ProblemPageController } from './problem-page.controller.js';
import { Problems } from './problems.js';
import { ReadYourWrites } from './read-your-writes.js';
import { Renderer } from './render.js';

/** What the interceptors of endpoints need. `ProjectionProgress` and `ReadStore` must be provided globally. */
@Global()
@Module({
  controllers: [ProblemPageController],
  providers: [
    Cursors,
    Idempotency,
    IdempotencyTable,
    PositionTokens,
    Problems,
    ReadYourWrites,
    Renderer,
    {
      provide: SharedBudgets,
      inject: [CONFIGURATION, Log],
      useFactory: ({ limits, redisUrl }: Configuration, log: Log) =>
        limits && new SharedBudgets(redisUrl, alarmsIn(log)),
    },
    {
      provide: LIMITS,
      inject: [CONFIGURATION, SharedBudgets],
      useFactory: ({ limits, installationKey }: Configuration, shared: SharedBudgets | undefined) =>
        limits && shared && new Limits(limits, new Budgets(shared), deriveKey(installationKey, 'request-limits')),
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [Cursors, Idempotency, LIMITS, PositionTokens, Problems, ReadYourWrites, Renderer],
})
export class HttpModule implements BeforeApplicationShutdown {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  /** Connections that carry their last answer while the process stops must not be kept for another request. */
  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.keepAliveTimeout = 1;
  }
}
