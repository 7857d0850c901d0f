import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, NotFoundException, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration, deriveKey, isLoopback } from '@ledgerdesk/config';
import { Metrics } from './metrics.js';

/** Not for the public: with METRICS_TOKEN only its bearer reads them, without one only this machine. For others nothing is here. */
@ApiExcludeController()
@Public()
@Controller({ path: 'metrics', version: VERSION_NEUTRAL })
export class MetricsController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get()
  async read(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    if (!this.#mayRead(request)) throw new NotFoundException();
    response.setHeader('Content-Type', this.metrics.contentType);
    return this.metrics.text();
  }

  #mayRead({ headers, socket }: Request): boolean {
    const { metricsToken } = this.configuration.http;
    if (metricsToken !== undefined) return isSame(headers.authorization ?? '', `Bearer ${metricsToken}`);
    // A proxy on this machine forwards strangers, and says so.
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return !isForwarded && isLoopback((socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
  }
}

/** Without telling by its duration how much of the token was right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => deriveKey(Buffer.from(text), 'comparison');
  return timingSafeEqual(digest(given), digest(expected));
}
