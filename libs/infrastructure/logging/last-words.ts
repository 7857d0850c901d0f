import type { EventEmitter } from 'node:events';
import type { Log } from './log.js';

/** An error that nobody has caught ends the process, and a supervisor starts it again; before that it is said where somebody looks. */
export function sayLastWords(log: Log, running: EventEmitter = process): void {
  running.on('uncaughtExceptionMonitor', (err: unknown) => {
    log.error({ err }, 'ends, because nobody has caught an error');
    log.flush();
  });
}
