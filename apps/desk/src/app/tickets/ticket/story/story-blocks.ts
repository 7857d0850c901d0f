import type { TimelineEntry } from '@ledgerdesk/web-api';

/** What the story of a ticket is drawn from: days, messages, and runs of facts folded into one line. */
export type StoryBlock =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'message'; readonly key: string; readonly entry: TimelineEntry }
  | { readonly kind: 'facts'; readonly key: string; readonly entries: readonly TimelineEntry[] };

/**
 * Orders entries (oldest first) into blocks. A run of facts ends with a message, with another actor and with the day,
 * so that its one line has one subject.
 */
export function storyBlocks(entries: readonly TimelineEntry[]): readonly StoryBlock[] {
  const blocks: StoryBlock[] = [];
  let day = '';
  for (const entry of entries) {
    const itsDay = new Date(entry.at).toDateString();
    if (itsDay !== day) blocks.push({ kind: 'day', key: `day ${itsDay} ${entry.id}`, at: entry.at });
    day = itsDay;
    const last = blocks.at(-1);
    if (entry.kind !== 'fact') blocks.push({ kind: 'message', key: entry.id, entry });
    else if (last?.kind === 'facts' && last.entries[0]?.actor === entry.actor)
      blocks.splice(-1, 1, { ...last, entries: [...last.entries, entry] });
    else blocks.push({ kind: 'facts', key: entry.id, entries: [entry] });
  }
  return blocks;
}
