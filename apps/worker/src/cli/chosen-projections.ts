import type { AnyProjection } from '@ledgerdesk/read-store';
import { InvalidArgumentError } from 'commander';
import { schema } from '../schema.js';

/** The read models of these names; all of them when none is named. */
export function chosenProjections(names: readonly string[]): readonly AnyProjection[] {
  const known = schema.projections.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name)) throw new InvalidArgumentError(`There is no ${name}, only ${known.join(', ')}.`);
  return names.length === 0 ? schema.projections : schema.projections.filter(({ name }) => names.includes(name));
}
