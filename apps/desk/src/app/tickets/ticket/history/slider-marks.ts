import type { LedgerEvent } from '@ledgerdesk/web-api';

/** The tone of a tick, after the voice of its event. */
export type TickTone = 'customer' | 'reply' | 'note' | 'fact';

const TONES = new Map<string, TickTone>([
  ['TicketOpened', 'customer'],
  ['CustomerMessageReceived', 'customer'],
  ['PublicReplySent', 'reply'],
  ['NoteAdded', 'note'],
  ['TicketHandedOff', 'note'],
]);

/** How far two day labels must stand apart, and stay away from the ends, in percent of the slider. */
const APART = 16;

/** Where an event stands on a slider of `count` events, from 0 to 1. */
export function shareOf(index: number, count: number): number {
  return count < 2 ? 0 : index / (count - 1);
}

/** One drawing per tone, in a box of 1000 × 20; messages stand taller than facts. However long the history is, it is four shapes. */
export function tickPaths(
  events: readonly LedgerEvent[],
): readonly { readonly tone: TickTone; readonly path: string }[] {
  const paths = new Map<TickTone, string>();
  for (const [index, { type }] of events.entries()) {
    const tone = TONES.get(type) ?? 'fact';
    const x = (shareOf(index, events.length) * 1000).toFixed(1);
    const top = tone === 'fact' ? 6 : 2;
    paths.set(tone, `${paths.get(tone) ?? ''}M${x} ${top}V${20 - top}`);
  }
  return [...paths].map(([tone, path]) => ({ tone, path }));
}

/** Labels where a new day begins, as far as there is room for them. `percent` is measured from the beginning. */
export function dayMarks(events: readonly LedgerEvent[]): readonly { readonly at: string; readonly percent: number }[] {
  const marks: { at: string; percent: number }[] = [];
  let day = events[0] === undefined ? '' : new Date(events[0].occurredAt).toDateString();
  let from = 0;
  for (const [index, { occurredAt }] of events.entries()) {
    const itsDay = new Date(occurredAt).toDateString();
    const percent = shareOf(index, events.length) * 100;
    if (itsDay !== day && percent - from >= APART && percent <= 100 - APART) {
      marks.push({ at: occurredAt, percent });
      from = percent;
    }
    day = itsDay;
  }
  return marks;
}
