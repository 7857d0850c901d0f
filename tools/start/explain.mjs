import { join } from 'node:path';
import { ProcessFailed } from '../services/service-process.mjs';
import { StartError } from './options.mjs';

const startOver = 'restore it from a backup, or start over without the data with "npm start -- --reset"';

/**
 * Puts what went wrong into words for the person who typed the command.
 * @param {unknown} error
 * @param {string} dataFolder
 * @returns {string} what happened and what to do
 */
export function explain(error, dataFolder) {
  if (error instanceof StartError) return error.message;
  const output = error instanceof ProcessFailed ? error.output : '';
  const text = `${error instanceof Error ? error.message : String(error)}\n${output}`;
  if (/ENOSPC|No space left on device/i.test(text))
    return `The disk that holds ${dataFolder} is full: free some space and start again.`;
  if (error instanceof ProcessFailed) {
    if (error.processName === 'Postgres')
      return `The data in ${dataFolder} could not be opened (${lastFatal(output)}): ${startOver}.`;
    return `${error.message} See ${join(dataFolder, 'logs')}:\n${lastLines(output)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function lastFatal(output) {
  const lines = [...output.matchAll(/(?:FATAL|PANIC|postgres): +(.*)/g)];
  return lines.at(-1)?.[1] ?? 'Postgres did not answer';
}

function lastLines(output) {
  return output.trim().split('\n').slice(-8).join('\n');
}
