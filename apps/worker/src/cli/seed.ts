import { ConfigurationError, loadConfiguration } from '@ledgerdesk/config';
import { MovedAddresses, Requesters } from '@ledgerdesk/customers';
import { Accounts, HashingQueue, Passwords, seedDemo } from '@ledgerdesk/identity';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { Command } from 'commander';
import { seedDemoTickets } from './demo/seed-demo-tickets.js';
import { withInstallation } from './installation.js';

export const seedCommand = new Command('seed')
  .description('makes the demo workspaces with their logins, in embedded mode only; safe to repeat')
  .action(async () => {
    const configuration = loadConfiguration();
    if (configuration.mode !== 'embedded') {
      throw new ConfigurationError('LEDGERDESK_MODE is not embedded: demo logins have a public password.');
    }
    await withInstallation(async ({ store, codec, runner, readStore }) => {
      const accounts = new Accounts(readStore);
      await seedDemo({ runner, accounts, passwords: new Passwords(new HashingQueue()) });
      const requesters = new Requesters(runner, store, codec, new MovedAddresses(readStore), configuration);
      const numbers = new TicketNumbers(readStore, store);
      await seedDemoTickets({ store, runner, requesters, numbers, now: Date.now() });
    });
    console.log('The demo workspaces are there.');
  });
