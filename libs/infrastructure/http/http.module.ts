import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Cursors } from './cursors.js';
import { Idempotency } from './idempotency/idempotency.js';
import { IdempotencyTable } from './idempotency/idempotency-table.js';
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
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [Cursors, Idempotency, PositionTokens, Problems, ReadYourWrites, Renderer],
})
export class HttpModule {}
