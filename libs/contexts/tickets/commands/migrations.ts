import type { Constructor } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { Migration20261120_09_drafts } from './drafts.migration.js';
import { Migration20261120_05_ticket_counter } from './ticket-counter.migration.js';

/** The tables of tickets beside their read models. */
export const ticketMigrations: readonly Constructor<Migration>[] = [
  Migration20261120_05_ticket_counter,
  Migration20261120_09_drafts,
];
