import { BEGINNING, type Position } from '../event-store.js';

/** Where an event stands in `$all`. Both numbers are offsets in the transaction file. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

const PATTERN = /^(\d{1,19})\/(\d{1,19})$/;

export function positionText({ commit, prepare }: LogPosition): Position {
  return `${commit.toString()}/${prepare.toString()}`;
}

/**
 * The position behind a text, `undefined` for the beginning.
 * @throws TypeError for a position that this store did not give out
 */
export function parsePosition(position: Position): LogPosition | undefined {
  if (position === BEGINNING) return undefined;
  const [, commit, prepare] = PATTERN.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new TypeError('Not a position of this event store.');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/** By commit, then by prepare; the beginning comes first. */
export function comparePositions(a: Position, b: Position): number {
  const [left, right] = [parsePosition(a), parsePosition(b)];
  if (!left || !right) return Number(left !== undefined) - Number(right !== undefined);
  return sign(left.commit - right.commit) || sign(left.prepare - right.prepare);
}

function sign(difference: bigint): number {
  return Number(difference > 0n) - Number(difference < 0n);
}
