/** What is wrong, in the words of docs/ledger-format.md. */
export type FindingKind =
  | 'altered'
  | 'broken-chain'
  | 're-signed'
  | 'dropped'
  | 'cut-off'
  | 'inserted'
  | 'swapped'
  | 'forged-seal'
  | 'broken-seals'
  | 'anchor'
  | 'damaged-file';

/** The first thing that is wrong with a ledger. */
export interface Finding {
  readonly kind: FindingKind;
  /** The event, when it is about one. */
  readonly stream?: string;
  readonly revision?: number;
  /** The seal that shows it, or that is itself wrong. */
  readonly seal?: number;
  /** One sentence for people. */
  readonly sentence: string;
}

interface Place {
  readonly stream: string;
  readonly revision: number;
}

const OF_EVENTS = {
  altered: 'was altered: its content does not have the hash that it was written with',
  'broken-chain': 'does not follow the event before it: an event of this stream was removed, repeated or changed',
  're-signed': 'was replaced by another one with a fitting hash: the seal names a different one',
  dropped: 'is missing: the seal names it, the ledger goes on without it',
  'cut-off': 'is missing, and so is everything after it: the ledger was cut off',
  inserted: 'was put in later: the seal of its time does not name it',
  swapped: 'does not stand in its place: the seal names another order',
} as const;

export type EventFindingKind = keyof typeof OF_EVENTS;

export function eventFinding(kind: EventFindingKind, { stream, revision }: Place, seal?: number): Finding {
  const sentence = `Event ${String(revision)} of ${stream} ${OF_EVENTS[kind]}.`;
  return { kind, stream, revision, ...(seal !== undefined && { seal }), sentence };
}

export function sealFinding(kind: 'forged-seal' | 'broken-seals', seal: number, why: string): Finding {
  return { kind, seal, sentence: `Seal ${String(seal)} ${why}.` };
}
