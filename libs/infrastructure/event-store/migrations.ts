import type { Constructor } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import { Migration20261120_08_erasure_receipts } from './keys/erasure-receipts.migration.js';
import { Migration20261120_01_ledger_keys } from './keys/keys.migration.js';
import { Migration20261120_02_ledger_without_streams } from './postgres/ledger-without-streams.migration.js';
import { Migration20261120_13_withheld_keys } from './keys/withheld-keys.migration.js';
import { Migration20261120_13_taken_history } from './taken-history.migration.js';
import { Migration20261120_01_ledger } from './postgres/ledger.migration.js';

/** The tables of the ledger and of its keys. */
export const ledgerMigrations: readonly Constructor<Migration>[] = [
  Migration20261120_01_ledger,
  Migration20261120_01_ledger_keys,
  Migration20261120_02_ledger_without_streams,
  Migration20261120_08_erasure_receipts,
  Migration20261120_13_withheld_keys,
  Migration20261120_13_taken_history,
];
