import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { Log } from '@ledgerdesk/logging';
import type { Response } from 'express';
import { Problems } from './problems.js';
import type { DeskRequest } from './request.js';

/** The one place where a thrown error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(Problems) private readonly problems: Problems,
    @Inject(Log) private readonly log: Log,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<DeskRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const reply = this.problems.replyTo(error, request);
    if (reply.status === 500) this.log.error({ requestId: request.requestId, err: error }, 'request failed');
    else if (reply.status === 503) this.log.warn({ requestId: request.requestId, err: error }, 'not available');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.statusCode = reply.status;
    for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
    response.end(reply.text);
  }
}
