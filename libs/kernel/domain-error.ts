/** How a refused command is answered over HTTP: invalid 422, forbidden 403, not-found 404, conflict 409, stale 412. */
export type DomainErrorKind = 'invalid' | 'forbidden' | 'not-found' | 'conflict' | 'stale';

/** Both sides of a concurrent edit of one field, so that a person can choose. */
export interface FieldConflict {
  readonly field: string;
  readonly yours: unknown;
  readonly theirs: unknown;
}

/** A command that is not allowed. `code` is stable (`ticket.closed`): clients and translations depend on it. */
export class DomainError extends Error {
  constructor(
    readonly kind: DomainErrorKind,
    readonly code: string,
    message: string,
    readonly conflicts: readonly FieldConflict[] = [],
  ) {
    super(message);
    this.name = 'DomainError';
  }
}
