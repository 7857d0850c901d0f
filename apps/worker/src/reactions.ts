import type { Reaction } from '@ledgerdesk/jobs';
import { closeSolvedTicket, wakePendedTicket } from '@ledgerdesk/tickets';

/** Everything that happens by itself because something else has happened. */
export const reactions: readonly Reaction[] = [closeSolvedTicket, wakePendedTicket];
