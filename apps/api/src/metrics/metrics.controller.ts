import { Controller, Get, Inject, NotFoundException, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '@ledgerdesk/auth';
import { Insiders } from '../health/insiders.js';
import { Metrics } from './metrics.js';

/** Not for the public: for others than insiders nothing is here. */
@ApiExcludeController()
@Public()
@Controller({ path: 'metrics', version: VERSION_NEUTRAL })
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Insiders) private readonly insiders: Insiders,
  ) {}

  @Get()
  async read(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    if (!this.insiders.includes(request)) throw new NotFoundException();
    response.setHeader('Content-Type', this.metrics.contentType);
    return this.metrics.text();
  }
}
