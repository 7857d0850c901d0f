import { Injectable } from '@nestjs/common';
import { type AsyncContext, CommandBus } from '@nestjs/cqrs';

/**
 * Nest hands the context of a command only to request-scoped handlers, which it builds anew for every command. This bus
 * attaches it for all, so that handlers stay singletons.
 */
@Injectable()
export class LedgerCommandBus extends CommandBus {
  override execute<Result = unknown>(command: object, context?: AsyncContext): Promise<Result> {
    context?.attachTo(command);
    return super.execute<object, Result>(command);
  }
}
