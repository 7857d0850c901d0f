import { ConfigurationError, loadConfiguration } from '@ledgerdesk/config';
import { Accounts, HashingQueue, Passwords, seedDemo } from '@ledgerdesk/identity';
import { Command } from 'commander';
import { withInstallation } from './installation.js';

export const seedCommand = new Command('seed')
  .description('makes the demo workspaces with their logins, in embedded mode only; safe to repeat')
  .action(async () => {
    if (loadConfiguration().mode !== 'embedded') {
      throw new ConfigurationError('LEDGERDESK_MODE is not embedded: demo logins have a public password.');
    }
    await withInstallation(async ({ runner, readStore }) => {
      const accounts = new Accounts(readStore);
      await seedDemo({ runner, accounts, passwords: new Passwords(new HashingQueue()) });
    });
    console.log('The demo workspaces are there.');
  });
