import { Histogram } from 'prom-client';
import type { CommandLine } from '@ledgerdesk/event-store';

/** How long commands take, from the command bus to the answer of the ledger. */
export class CommandDurations {
  readonly histogram = new Histogram({
    name: 'ledgerdesk_command_duration_seconds',
    help: 'Duration of commands by name and outcome.',
    labelNames: ['command', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [],
  });

  observe({ command, outcome, milliseconds }: CommandLine): void {
    // "OpenTicket x 3" is one batch of imports; its size would make a label of its own.
    this.histogram.observe({ command: command.split(' ', 1)[0], outcome }, milliseconds / 1_000);
  }
}
