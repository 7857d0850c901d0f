/**
 * Ways to break the desk on purpose. Each must turn the harness red by one of the assertions that it names; a harness that stays green
 * has missed it.
 * @typedef {{ name: string, what: string, sql?: readonly string[], only?: string, rounds: number, mustFind: readonly string[] }} Plant
 *   `sql` is executed on the fresh database; what is changed inside the programs stands in `inside/plants.mjs` under the same name
 */
import { NO_UNIQUE_KEY, POSITIONS_WITHOUT_ORDER } from './append-functions.mjs';

/** @type {Record<string, Plant>} */
export const plants = Object.fromEntries(
  [
    {
      name: 'naive-poller',
      what: 'positions are given before the commit, as a sequence does, while followers ask for "greater than my checkpoint"',
      sql: POSITIONS_WITHOUT_ORDER,
      only: 'stopped appender',
      rounds: 2,
      mustFind: ['read-model-is-fold'],
    },
    {
      name: 'missing-unique-key',
      what: 'appends leave it to a unique key to refuse what is there already, and the key is missing',
      sql: NO_UNIQUE_KEY,
      only: 'cut',
      rounds: 3,
      mustFind: ['event-ids-unique', 'revisions-dense', 'once-in-ledger', 'unknown-zero-or-one'],
    },
    {
      name: 'ack-before-commit',
      what: 'an api answers when an append was handed over, and not when it was committed',
      only: 'kill',
      rounds: 3,
      mustFind: ['acknowledged-in-ledger'],
    },
    {
      name: 'checkpoint-outside-transaction',
      what: 'a worker moves its checkpoint in one transaction and writes its rows in another',
      only: 'kill',
      rounds: 6,
      mustFind: ['read-model-is-fold'],
    },
  ].map((plant) => [plant.name, plant]),
);
