import { Injectable } from '@nestjs/common';
import { type AsyncContext, type Command, CommandBus } from '@nestjs/cqrs';

/**
 * Nest hands the context of a command only to request-scoped handlers, which it builds anew for every command. This bus
 * attaches it for all, so that handlers stay singletons.
 */
@Injectable()
export class LedgerCommandBus extends CommandBus {
  override execute<Result>(command: Command<Result>, context?: AsyncContext): Promise<Result>;
  override execute<Issued extends object, Result = unknown>(command: Issued, context?: AsyncContext): Promise<Result>;
  override execute<Result>(command: object, context?: AsyncContext): Promise<Result> {
    context?.attachTo(command);
    return super.execute<object, Result>(command);
  }
}
