import type { Reaction } from '@ledgerdesk/jobs';

/** Everything that happens by itself because something else has happened. */
export const reactions: readonly Reaction[] = [];
