import type { Constructor } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { ledgerMigrations } from '@ledgerdesk/event-store';

/** Everything that the database of one installation holds; each library and context adds its own list here. */
export const migrations: readonly Constructor<Migration>[] = [...ledgerMigrations];
