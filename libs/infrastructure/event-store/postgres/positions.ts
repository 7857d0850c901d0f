import { BEGINNING, type Position } from '../event-store.js';

const PATTERN = /^(?:[1-9]\d{0,18})?$/;

/** Positions are decimal numbers without leading zeros: the longer one is the greater one. */
export function comparePositions(a: Position, b: Position): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** @throws TypeError for a position that this store did not give out */
export function checkPosition(position: Position): Position {
  if (position !== BEGINNING && !PATTERN.test(position)) throw new TypeError('Not a position of this event store.');
  return position;
}
