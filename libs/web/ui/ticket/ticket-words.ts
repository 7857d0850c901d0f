import type { IconName } from '../icon/icons';

/** Where a ticket stands. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed' | 'merged' | 'spam' | 'trashed';

/** How much a ticket hurries. */
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent';

/** The quiet set of colours that carry meaning; each is always shown together with an icon and a word. */
export type Tone = 'blue' | 'violet' | 'grey' | 'green' | 'red' | 'amber';

export const STATUS_LOOK: Readonly<Record<TicketStatus, { readonly icon: IconName; readonly tone: Tone }>> = {
  new: { icon: 'fiber_new', tone: 'blue' },
  open: { icon: 'adjust', tone: 'blue' },
  pending: { icon: 'schedule', tone: 'violet' },
  on_hold: { icon: 'pause_circle', tone: 'grey' },
  solved: { icon: 'check_circle', tone: 'green' },
  closed: { icon: 'lock', tone: 'grey' },
  merged: { icon: 'merge', tone: 'grey' },
  spam: { icon: 'report', tone: 'amber' },
  trashed: { icon: 'delete', tone: 'grey' },
};

export const PRIORITY_LOOK: Readonly<Record<TicketPriority, { readonly icon: IconName; readonly tone: Tone }>> = {
  low: { icon: 'keyboard_arrow_down', tone: 'grey' },
  normal: { icon: 'remove', tone: 'grey' },
  high: { icon: 'keyboard_arrow_up', tone: 'amber' },
  urgent: { icon: 'keyboard_double_arrow_up', tone: 'red' },
};

/** In the order a person reads them. */
export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly TicketPriority[];
