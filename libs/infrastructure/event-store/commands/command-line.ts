import type { IssuedCommand } from './decide-all.js';

/** What the log says about one command: never its content. */
export interface CommandLine {
  readonly command: string;
  readonly stream: string;
  /** Version of the aggregate afterwards; -1 when nothing was stored. */
  readonly version: number;
  readonly workspace: string;
  readonly actor: string;
  readonly outcome: 'appended' | 'unchanged' | 'refused' | 'failed';
  readonly correlation: string;
  readonly request: string | undefined;
  readonly milliseconds: number;
}

/**
 * @param commands how many were issued together; the first speaks for all
 * @param started reading of the monotonic timer when the command came in
 */
export function commandLine(
  commands: number,
  { command, context }: IssuedCommand<object>,
  { stream, version }: Pick<CommandLine, 'stream' | 'version'>,
  outcome: CommandLine['outcome'],
  started: number,
): CommandLine {
  return {
    command: commands === 1 ? command.constructor.name : `${command.constructor.name} x ${String(commands)}`,
    stream,
    version,
    workspace: context.workspaceId,
    actor: context.actor,
    outcome,
    correlation: context.correlationId,
    request: context.requestId,
    milliseconds: Math.round((performance.now() - started) * 10) / 10,
  };
}
