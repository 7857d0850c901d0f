import {
  type Decider,
  DomainError,
  type DomainEvent,
  ERASED,
  type FieldConflict,
  Personal,
  type Recorded,
} from '@ledgerdesk/kernel';
import { canonicalText } from '../codec/canonical-json.js';

/**
 * Lets a command pass that was based on an older version when nothing it sets was changed since to another value.
 * @param since the events after the version the writer saw, opened, so that both values can be shown
 * @throws DomainError kind `stale` with the conflicts
 */
export function refuseConflicts<Command extends object, State, Event extends DomainEvent>(
  decider: Decider<Command, State, Event>,
  command: Command,
  since: readonly Recorded<Event>[],
): void {
  const sets = decider.sets?.(command) ?? {};
  const changed = new Map<string, unknown>();
  for (const event of since) {
    for (const [field, value] of Object.entries(decider.changes?.(event) ?? {})) changed.set(field, readable(value));
  }
  const conflicts: FieldConflict[] = [];
  for (const [field, value] of Object.entries(sets)) {
    const yours = readable(value);
    if (changed.has(field) && !isSame(yours, changed.get(field))) {
      conflicts.push({ field, yours, theirs: changed.get(field) });
    }
  }
  if (conflicts.length === 0) return;
  const fields = conflicts.map(({ field }) => field).join(', ');
  throw new DomainError('stale', 'version.stale', `Someone else changed ${fields} in the meantime.`, conflicts);
}

/** Conflicts are shown to people: texts as texts, erased ones as nothing. */
function readable(value: unknown): unknown {
  if (!(value instanceof Personal)) return value;
  return value.text === ERASED ? null : value.text;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalText({ value: a }) === canonicalText({ value: b });
}
