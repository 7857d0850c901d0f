import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const checkout = resolve(import.meta.dirname, '../../..');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** `npm run ledgerdesk -- …`, without npm, for the desk on a data folder. */
export async function ledgerdesk(dataFolder: string, ...args: string[]): Promise<Ended> {
  const child = program('tools/ledgerdesk.mjs', args, { LEDGERDESK_DATA: dataFolder });
  return child.ended;
}

interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves when the program has said this; rejects when it ends without. */
  says(text: string): Promise<void>;
}

/** A program of the checkout, as a person would start it. */
export function program(script: string, args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [resolve(checkout, script), ...args], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      for (const look of listeners) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return {
    pid: child.pid ?? 0,
    ended,
    says: (text) =>
      new Promise((done, fail) => {
        const look = (): void => {
          if (output.includes(text)) done();
        };
        listeners.add(look);
        void ended.then(() => {
          fail(new Error(`It ended without saying "${text}":\n${output}`));
        });
        look();
      }),
  };
}
