import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { classOf, wrap } from './build.mjs';

const APPEND = {
  module: 'libs/infrastructure/event-store/postgres/append-connection.js',
  of: 'AppendConnection',
  method: 'append',
};
const RUNNER = {
  module: 'libs/infrastructure/read-store/projections/consumer-runner.js',
  of: 'ConsumerRunner',
  method: 'transaction',
};

/** Breakages of the code that the harness must find, each by what it does inside an api or a worker. */
export const plants = {
  /** Says that a batch is committed when it was only handed over. */
  'ack-before-commit': {
    async api(build) {
      let position = 0n;
      wrap(await classOf(build, APPEND), APPEND, (append, _self, [batch]) => {
        void pause(40)
          .then(append)
          .catch(() => undefined);
        return batch.map(({ expected }) => {
          position += 1n;
          return { outcome: 0, actual: expected === 'no_stream' ? -1 : expected, position: String(position) };
        });
      });
    },
  },
  /** Moves the checkpoint in one transaction and writes the rows in another. */
  'checkpoint-outside-transaction': {
    async worker(build) {
      const file = join(build, 'libs/infrastructure/read-store/projections/checkpoint.js');
      const { moveCheckpoint } = await import(pathToFileURL(file).href);
      wrap(await classOf(build, RUNNER), RUNNER, async (_transaction, runner, [tenure, to, work]) => {
        await runner.around.connections.use((sql) => moveCheckpoint(sql, tenure.claim, to));
        try {
          await runner.around.connections.use((connection) => connection.transaction(work));
        } catch (error) {
          runner.consumer.settled('rolled-back');
          throw error;
        }
        tenure.claim = { ...tenure.claim, position: to };
        tenure.position = to;
        runner.consumer.settled('committed');
      });
    },
  },
};
