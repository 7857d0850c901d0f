import type { Reaction } from '@ledgerdesk/jobs';
import { ReleaseReply } from '../commands/release-reply.js';
import { RELEASE_REPLY } from '../commands/release-timer.js';

/**
 * When the time of a scheduled reply has come, it is sent. Its timers are planned by requests, because a reply that waits is no
 * event; it follows the ledger only so that a timer never goes before everything that happened until then has been read.
 */
export const releaseScheduledReply: Reaction = {
  name: RELEASE_REPLY,
  categories: ['ticket'],
  effectsOf: () => [],
  perform: ({ subject, eventId }, tools) => tools.issue(new ReleaseReply(subject, eventId)),
};
