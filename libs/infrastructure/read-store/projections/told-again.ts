import type { Recorded } from '@ledgerdesk/kernel';
import type { LedgerConsumer, LedgerEvent, LedgerPosition } from './ledger-consumer.js';

/** Events of one transaction, and how far the checkpoint moves with them. */
export interface Part {
  readonly events: readonly LedgerEvent[];
  readonly to: LedgerPosition;
}

/** A page in parts: an event that brings its history along is alone, because a whole stream comes into memory with it. */
export function inParts(events: readonly LedgerEvent[], to: LedgerPosition): readonly Part[] {
  const parts: LedgerEvent[][] = [];
  for (const event of events) {
    const last = parts.at(-1);
    if (last && !event.history && !last[0]?.history) last.push(event);
    else parts.push([event]);
  }
  return parts.map((part, index) => ({
    events: part,
    to: index === parts.length - 1 ? to : (part.at(-1)?.position ?? to),
  }));
}

/**
 * What a consumer is told: readable events, and before an erasing one the history of its stream once more, if the consumer keeps
 * texts. The first event of a stream makes its rows anew, so telling a stream again is folding it again.
 */
export async function toldTo(consumer: LedgerConsumer, events: readonly LedgerEvent[]): Promise<readonly Recorded[]> {
  const told: Recorded[] = [];
  for (const { content, history } of events) {
    if (content instanceof Error) throw content;
    if (history && consumer.keepsTexts) told.push(...(await history()));
    told.push(content);
  }
  return told;
}
