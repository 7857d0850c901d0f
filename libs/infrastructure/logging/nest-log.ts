import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's own lines (modules, routes, failures at start) in the same form. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  /** Nest tells every module and route at start; nobody reads that outside of debugging. */
  log(message: unknown, ...rest: unknown[]): void {
    this.target.debug(facts(rest), text(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.target.debug(facts(rest), text(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.target.debug(facts(rest), text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.target.warn(facts(rest), text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.target.error({ ...facts(rest), ...(message instanceof Error && { err: message }) }, text(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Nest passes the name of the speaker last, and sometimes a stack before it. */
function facts(rest: readonly unknown[]): { context?: unknown; stack?: unknown } {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return { ...(context !== undefined && { context }), ...(stack !== undefined && { stack }) };
}

function text(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
