import { leafPlace, MAX_SEALED } from '../format/texts.js';
import { eventFinding, type Finding } from './finding.js';
import type { ProvedShare } from './sealed-track.js';

/** An event that waits for the seal that holds it. */
export interface WaitingEvent {
  readonly index: number;
  readonly workspace: string;
  readonly leaf: string;
}

/** The first place where the ledger is not what a seal says. */
export interface Difference {
  /** Place in the ledger of the event that stands where another should, `Infinity` when nothing stands there. */
  readonly index: number;
  readonly workspace: string;
  readonly seal: number;
  /** The sealed event. */
  readonly expected?: string;
  readonly found?: WaitingEvent;
  readonly isFoundSealed: boolean;
  /** The sealed event comes later, as far as has been read. */
  readonly comesLater: boolean;
}

/** Compares the events since the last seal with the shares of this one. */
export function firstDifference(
  waiting: readonly WaitingEvent[],
  shares: readonly ProvedShare[],
  seal: number,
): Difference | undefined {
  const found = Map.groupBy(waiting, ({ workspace }) => workspace);
  const sealed = new Map(shares.map(({ workspace, leaves }) => [workspace, leaves]));
  const differences = [...new Set([...sealed.keys(), ...found.keys()])].flatMap((workspace) => {
    const difference = differenceIn(workspace, sealed.get(workspace) ?? [], found.get(workspace) ?? [], seal);
    return difference ? [difference] : [];
  });
  return differences.reduce<Difference | undefined>(
    (first, each) => (first === undefined || each.index < first.index ? each : first),
    undefined,
  );
}

function differenceIn(
  workspace: string,
  sealed: readonly string[],
  events: readonly WaitingEvent[],
  seal: number,
): Difference | undefined {
  for (let at = 0; at < Math.max(sealed.length, events.length); at += 1) {
    const [expected, found] = [sealed[at], events[at]];
    if (expected === found?.leaf) continue;
    return {
      index: found?.index ?? Number.POSITIVE_INFINITY,
      workspace,
      seal,
      ...(expected !== undefined && { expected }),
      ...(found && { found }),
      isFoundSealed: found !== undefined && sealed.includes(found.leaf),
      comesLater: events.some(({ leaf }) => leaf === expected),
    };
  }
  return undefined;
}

/** Reads on behind a difference, to tell an event that is missing from one that stands elsewhere. */
export class Search {
  private seen = 0;
  private comesLater: boolean;

  constructor(private readonly difference: Difference) {
    const { expected, found } = difference;
    this.comesLater = difference.comesLater || expected === undefined || isSamePlace(expected, found?.leaf);
  }

  get isOver(): boolean {
    return this.comesLater || this.seen >= MAX_SEALED;
  }

  look(event: WaitingEvent): void {
    if (event.workspace !== this.difference.workspace) return;
    this.seen += 1;
    this.comesLater ||= event.leaf === this.difference.expected;
  }

  finding(): Finding {
    const { expected, found, isFoundSealed, seal } = this.difference;
    if (expected !== undefined && isSamePlace(expected, found?.leaf))
      return eventFinding('re-signed', leafPlace(expected), seal);
    if (expected !== undefined && !this.comesLater) {
      const kind = found === undefined && this.seen === 0 ? 'cut-off' : 'dropped';
      return eventFinding(kind, leafPlace(expected), seal);
    }
    if (found && !isFoundSealed) return eventFinding('inserted', leafPlace(found.leaf), seal);
    return eventFinding('swapped', leafPlace(expected ?? found?.leaf ?? ''), seal);
  }
}

function isSamePlace(leaf: string, other = ' '): boolean {
  return leaf.slice(0, leaf.lastIndexOf(' ')) === other.slice(0, other.lastIndexOf(' '));
}
