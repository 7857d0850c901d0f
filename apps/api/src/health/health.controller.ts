import { Controller, Get, HttpStatus, Inject, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Public } from '@ledgerdesk/auth';
import { Insiders } from './insiders.js';
import { Parts, type PartState } from './parts.js';

const UP = { status: 'up' } as const;

const live = z.object({ status: z.literal('up') }).meta({ id: 'Liveness', example: UP });

const part = z.looseObject({ status: z.enum(['up', 'down']) });
const ready = z
  .object({
    status: z.enum(['up', 'down']),
    parts: z
      .object({ postgres: part, redis: part, ledger: part, projections: part })
      .optional()
      .meta({ description: 'For those who may read the metrics; others see the status alone' }),
  })
  .meta({
    id: 'Readiness',
    example: {
      status: 'up',
      parts: { postgres: UP, redis: UP, ledger: UP, projections: { ...UP, lagSeconds: 0, parkedStreams: 0 } },
    },
  });

/** What probes of an orchestrator ask. */
@ApiTags('operation')
@Public()
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(
    @Inject(Parts) private readonly parts: Parts,
    @Inject(Insiders) private readonly insiders: Insiders,
  ) {}

  @Get('live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'Whether the process is alive' })
  @ApiResponse({ status: 200, description: 'It is.', standardSchema: live, example: live.meta()?.example })
  live(): { status: 'up' } {
    return UP;
  }

  /** Without Redis the desk still takes and answers requests; without Postgres or its ledger it does not. */
  @Get('ready')
  @ApiOperation({ operationId: 'getReadiness', summary: 'Whether requests can be served, and the state of each part' })
  @ApiResponse({ status: 200, description: 'They can.', standardSchema: ready, example: ready.meta()?.example })
  @ApiResponse({
    status: 503,
    description: 'They can not.',
    standardSchema: ready,
    example: {
      status: 'down',
      parts: { postgres: { status: 'down' }, redis: UP, ledger: { status: 'down' }, projections: UP },
    },
  })
  async ready(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: string; parts?: Record<string, PartState> }> {
    const parts = await this.parts.states();
    const serves = parts.postgres.status === 'up' && parts.ledger.status === 'up';
    response.status(serves ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    const status = serves ? 'up' : 'down';
    return this.insiders.includes(request) ? { status, parts } : { status };
  }
}
