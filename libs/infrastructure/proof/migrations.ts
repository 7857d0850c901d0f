import { Migration20261120_12_verifications } from './reports/verifications.migration.js';
import { Migration20261120_12_proof } from './sealing/proof.migration.js';

/** The tables of this library. */
export const proofMigrations = [Migration20261120_12_proof, Migration20261120_12_verifications] as const;
