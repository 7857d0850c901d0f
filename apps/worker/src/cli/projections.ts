import { Command } from 'commander';
import { withInstallation } from './installation.js';

interface Follower {
  readonly name: string;
  readonly version: number;
  readonly position: string;
  readonly parked_streams: number;
  readonly running: boolean;
}

export const projectionsCommand = new Command('projections')
  .description('lists read models and reactions: version, how many events they are behind, streams put aside')
  .action(async () => {
    await withInstallation(async ({ connections, store }) => {
      const head = await store.head();
      const followers = await connections.use((sql) =>
        sql.rows<Follower>(
          `select name, version, position, parked_streams, lease_until > now() as running
           from ledger_checkpoint order by name`,
        ),
      );
      console.table(
        followers.map(({ name, version, position, parked_streams, running }) => ({
          name,
          version,
          state: running ? 'running' : 'not running',
          progress: store.compare(position, head) >= 0 ? 'up to date' : `at ${position || '0'} of ${head}`,
          'parked streams': parked_streams,
        })),
      );
    });
  });
