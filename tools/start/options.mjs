import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person who typed the command can mend; shown as it is, without a stack. */
export class StartError extends Error {
  name = 'StartError';
}

export const usage = `npm start -- [--port N] [--data FOLDER] [--reset] [--no-demo]
         [--restore FOLDER --keys FOLDER [--receipts FILE]]

  --port N       listen on this port of localhost (3000)
  --data FOLDER  keep the data here instead of in .data/
  --reset        throw the data away first
  --no-demo      do not put in the demo workspaces
  --restore FOLDER --keys FOLDER [--receipts FILE]
                 put a backup into this installation first, which must hold nothing yet

DATABASE_URL and REDIS_URL replace the Postgres and the Redis that come along. With EVENTSTORE_URL at the first start the ledger
is kept in that EventStoreDB, for good.`;

/**
 * @param {string[]} args as typed after `npm start --`
 * @param {string} checkout folder of the project
 * @returns {{ port: number | undefined, dataFolder: string, reset: boolean, demo: boolean, help: boolean, restore: string[] | undefined }}
 *   `restore` holds the arguments of the command of that name
 * @throws {StartError} naming the option that is wrong
 */
export function readOptions(args, checkout) {
  const { values } = parse(args);
  return {
    port: values.port === undefined ? undefined : readPort(values.port),
    dataFolder: values.data === undefined ? join(checkout, '.data') : resolve(values.data),
    reset: values.reset ?? false,
    demo: values.demo ?? true,
    help: values.help ?? false,
    restore: readRestore(values),
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      allowNegative: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean' },
        demo: { type: 'boolean' },
        restore: { type: 'string' },
        keys: { type: 'string' },
        receipts: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new StartError(`${error.message.split('\n')[0]}\n\n${usage}`);
  }
}

function readRestore({ restore, keys, receipts }) {
  if (restore === undefined && keys === undefined && receipts === undefined) return undefined;
  if (restore === undefined || keys === undefined)
    throw new StartError(`--restore and --keys belong together: name both folders of the backup.\n\n${usage}`);
  return [resolve(restore), '--keys', resolve(keys), ...(receipts ? ['--receipts', resolve(receipts)] : [])];
}

function readPort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new StartError(`"${text}" is not a port: choose a number from 1 to 65535, for example --port 3100.`);
}
