import { DomainError } from '@ledgerdesk/kernel';

/**
 * Where a reply stands that waits to be sent. `held`: something arrived that its author has not seen; `failed`: it was refused;
 * `sending`: a worker has taken it, so nobody changes it any more; `sent`: it stands in the ledger.
 */
export const REPLY_STATES = ['scheduled', 'sending', 'held', 'failed', 'sent'] as const;
export type ReplyState = (typeof REPLY_STATES)[number];

/** Where the ticket goes with the reply. */
export type ThenStatus = 'pending' | 'solved';

export const DRAFT_LIMITS = { repliesPerTicket: 10, repliesPerMember: 100, draftsPerMember: 200 } as const;

const FURTHEST = 366 * 86_400_000;

/**
 * The instant at which a reply leaves. Nothing given: after the time in which it can be taken back.
 * @throws DomainError `scheduled-reply.send-at-past`, `scheduled-reply.send-at-too-far`
 */
export function sendAtOf(given: string | undefined, now: number, undoSendSeconds: number): Date {
  if (given === undefined) return new Date(now + undoSendSeconds * 1_000);
  const at = Date.parse(given);
  if (at > now && at <= now + FURTHEST) return new Date(at);
  if (at > now) throw new DomainError('invalid', 'scheduled-reply.send-at-too-far', 'Choose an instant within a year.');
  throw new DomainError('invalid', 'scheduled-reply.send-at-past', 'Choose an instant in the future.');
}

/** @throws DomainError `scheduled-reply.sent`, and `scheduled-reply.sending` unless `sending` is allowed */
export function refuseUnlessWaiting(state: ReplyState, { sending = false } = {}): void {
  if (state === 'sent') throw new DomainError('conflict', 'scheduled-reply.sent', 'This reply has been sent.');
  if (state === 'sending' && !sending) {
    throw new DomainError('conflict', 'scheduled-reply.sending', 'This reply is being sent just now.');
  }
}

/** @throws DomainError `scheduled-reply.too-many` */
export function refuseTooMany({ inTicket, ofMember }: { readonly inTicket: number; readonly ofMember: number }): void {
  const { repliesPerTicket, repliesPerMember } = DRAFT_LIMITS;
  if (inTicket < repliesPerTicket && ofMember < repliesPerMember) return;
  const message = `At most ${String(repliesPerTicket)} replies may wait in a ticket and ${String(repliesPerMember)} in all.`;
  throw new DomainError('conflict', 'scheduled-reply.too-many', message);
}

/** What a refusal at the time of sending makes of the reply: it goes back to its author with the reason, and is never lost. */
export function stateAfterRefusal(code: string): 'held' | 'failed' {
  return code === 'ticket.new-message' ? 'held' : 'failed';
}
