import { loadConfiguration } from '@ledgerdesk/config';
import { installProjections, migrate } from '@ledgerdesk/read-store';
import { Command } from 'commander';
import { schema } from '../schema.js';

export const migrateCommand = new Command('migrate')
  .description('brings the database to the newest schema; safe to repeat and beside a running desk')
  .action(async () => {
    const { database, installationKey } = loadConfiguration();
    const log = (line: string): void => {
      console.log(line);
    };
    await migrate({
      databaseUrl: database.url,
      installationKey,
      migrations: schema.migrations,
      install: (owner) => installProjections(schema.projections, owner, log),
      log,
    });
    console.log('The database is up to date.');
  });
