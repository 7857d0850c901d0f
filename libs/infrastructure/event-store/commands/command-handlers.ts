import type { Decider, DomainEvent } from '@ledgerdesk/kernel';
import type { FactoryProvider, Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UpcasterRegistry, type Upcasters } from '../codec/upcasters.js';
import { CommandRunner, type CommandResult } from './command-runner.js';
import { IssuedBy } from './issued-by.js';

/** A class whose instances are commands. */
export type CommandClass<Command extends object> = abstract new (...parts: never[]) => Command;

/**
 * The Nest handlers of commands that need nothing but their decider, one per class; put them into the module's `providers`.
 * Each answers with a `CommandResult`. Commands that need I/O first have a handler of their own which calls `CommandRunner`.
 */
export function commandHandlers<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  commands: readonly CommandClass<NoInfer<Command>>[],
  upcasters: Upcasters = {},
): FactoryProvider[] {
  return commands.map((command) => {
    const Handler = handlerOf(decider, command);
    return {
      provide: Handler,
      inject: [CommandRunner, UpcasterRegistry],
      useFactory: (runner: CommandRunner, registry: UpcasterRegistry) => {
        registry.register(upcasters);
        return new Handler(runner);
      },
    };
  });
}

function handlerOf<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  command: CommandClass<Command>,
): Type<ICommandHandler> {
  class Handler {
    constructor(private readonly runner: CommandRunner) {}

    async execute(issued: Command): Promise<CommandResult<State, Event>> {
      return this.runner.run(decider, issued, IssuedBy.of(issued).command);
    }
  }
  Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
  CommandHandler(command as Type<Command>)(Handler);
  return Handler;
}
