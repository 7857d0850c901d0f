import { ReactionConsumer } from '@ledgerdesk/jobs';
import { ProjectionConsumer, replayParked } from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { ledgerEvent } from '../ledger-source.js';
import { reactions } from '../reactions.js';
import { schema } from '../schema.js';
import { withInstallation } from './installation.js';

export const replayParkedCommand = new Command('replay-parked')
  .description('applies the events that were put aside, in their order, after the mistake was corrected')
  .action(async () => {
    const consumers = [
      ...schema.projections.map((projection) => new ProjectionConsumer(projection)),
      ...reactions.map((reaction) => new ReactionConsumer(reaction, () => undefined)),
    ];
    await withInstallation(async ({ connections, ledger, store }) => {
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
