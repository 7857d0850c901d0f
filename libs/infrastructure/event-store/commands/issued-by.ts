import type { CommandContext } from '@ledgerdesk/kernel';
import { AsyncContext } from '@nestjs/cqrs';

/** Carries the context of a command through the bus: `bus.execute(command, new IssuedBy(context))`. */
export class IssuedBy extends AsyncContext {
  constructor(readonly command: CommandContext) {
    super();
  }

  /** What a command was executed with; throws when it was executed without. */
  static override of(command: object): IssuedBy {
    const context = AsyncContext.of(command);
    if (context instanceof IssuedBy) return context;
    throw new Error(`${command.constructor.name} was executed without IssuedBy.`);
  }
}
