import { ReactionConsumer } from '@ledgerdesk/jobs';
import { GenerationConsumers, replayParked } from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { ledgerEvent } from '../ledger-source.js';
import { reactions } from '../reactions.js';
import { schema } from '../schema.js';
import { withInstallation } from './installation.js';

export const replayParkedCommand = new Command('replay-parked')
  .description('applies the events that were put aside, in their order, after the mistake was corrected')
  .action(async () => {
    await withInstallation(async ({ connections, ledger, store }) => {
      const readModels = new GenerationConsumers(schema.projections);
      const consumers = [
        ...(await connections.use((sql) => readModels.current(sql))),
        ...reactions.map((reaction) => new ReactionConsumer(reaction, () => undefined)),
      ];
      for (const consumer of consumers) {
        const replay = await replayParked(consumer, connections, (stream, revision) =>
          ledgerEvent(store, ledger, stream, revision),
        );
        if (replay.applied + replay.remaining === 0) continue;
        console.log(`${replay.consumer}: ${String(replay.applied)} applied, ${String(replay.remaining)} remain`);
        for (const reason of replay.reasons) console.log(`  ${reason}`);
        if (replay.remaining > 0) process.exitCode = 1;
      }
    });
  });
