import type { AnyProjection } from '@ledgerdesk/read-store';
import { InvalidArgumentError } from 'commander';
import { schema } from '../schema.js';

/** The read model of this name. @throws InvalidArgumentError, which commander turns into a sentence */
export function projectionNamed(name: string): AnyProjection {
  const found = schema.projections.find((projection) => projection.name === name);
  if (found) return found;
  throw new InvalidArgumentError(
    `There is no read model ${name}, only ${schema.projections.map((projection) => projection.name).join(', ')}.`,
  );
}

/** Collects the read models that are named one after another on the command line. */
export function alsoProjection(name: string, before: readonly AnyProjection[] = []): readonly AnyProjection[] {
  const named = projectionNamed(name);
  return before.includes(named) ? before : [...before, named];
}
