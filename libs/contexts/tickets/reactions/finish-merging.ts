import { parseStreamName } from '@ledgerdesk/event-store';
import type { Effect, EffectChange, Reaction } from '@ledgerdesk/jobs';
import type { Recorded } from '@ledgerdesk/kernel';
import { FinishMerge, FinishSplit, FinishUnmerge } from '../commands/finish-handlers.js';
import type { TicketEvent } from '../domain/ticket.events.js';

/** Whoever began it has this long to end it; then the reaction does. */
const PATIENCE_MILLISECONDS = 3_000;

type Told = Recorded<TicketEvent>;

const idOf = ({ stream }: Pick<Effect, 'stream'>): string => parseStreamName(stream).id;

function later(event: Recorded, subject: string): EffectChange {
  const due = new Date(Date.parse(event.metadata.recordedAt) + PATIENCE_MILLISECONDS).toISOString();
  return { kind: 'perform', subject, due };
}

/** When a merge was begun and not ended, it is ended: whether after the request or after the target had absorbed it. */
export const finishMerge: Reaction = {
  name: 'finish-merge',
  categories: ['ticket'],
  effectsOf(event) {
    const { type, data } = event as Told;
    if (type === 'MergeRequested') return [later(event, idOf(event))];
    if (type === 'Absorbed') return data.group.slice(0, 1).map(({ ticketId }) => later(event, ticketId));
    return type === 'Merged' ? [{ kind: 'cancel', subject: idOf(event) }] : [];
  },
  perform(effect, tools) {
    const ticketId = idOf(effect);
    return tools.issue(new FinishMerge(effect.subject, ticketId === effect.subject ? null : ticketId));
  },
};

/** When a target has released a ticket that is still merged, the ticket comes back. */
export const finishUnmerge: Reaction = {
  name: 'finish-unmerge',
  categories: ['ticket'],
  effectsOf(event) {
    const { type, data } = event as Told;
    if (type === 'Released') return [later(event, data.source.ticketId)];
    return type === 'Unmerged' ? [{ kind: 'cancel', subject: idOf(event) }] : [];
  },
  perform: (effect, tools) => tools.issue(new FinishUnmerge(idOf(effect), effect.subject)),
};

/** When a ticket gave up messages to one that does not exist yet, that one is opened. */
export const finishSplit: Reaction = {
  name: 'finish-split',
  categories: ['ticket'],
  effectsOf(event) {
    const { type, data } = event as Told;
    if (type === 'TicketSplit') return [later(event, data.into.ticketId)];
    return type === 'MessagesTaken' ? [{ kind: 'cancel', subject: idOf(event) }] : [];
  },
  perform: (effect, tools) => tools.issue(new FinishSplit(idOf(effect), effect.eventId)),
};
