import type { TicketStatus } from '@ledgerdesk/web-ui';

/** Everything that can be done with a ticket, as far as its status and a person's role decide about it. */
export type TicketAction =
  | 'reply'
  | 'note'
  | 'edit'
  | 'pend'
  | 'hold'
  | 'solve'
  | 'reopen'
  | 'close'
  | 'spam'
  | 'trash'
  | 'restore'
  | 'merge'
  | 'unmerge';

const FINAL: readonly TicketStatus[] = ['closed', 'merged'];
const REMOVED: readonly TicketStatus[] = ['spam', 'trashed'];

const NEEDS: Readonly<Record<TicketAction, string>> = {
  reply: 'reply',
  note: 'note',
  edit: 'edit',
  pend: 'edit',
  hold: 'edit',
  solve: 'edit',
  reopen: 'edit',
  close: 'close',
  spam: 'trash',
  trash: 'trash',
  restore: 'trash',
  merge: 'merge',
  unmerge: 'merge',
};

/** Whether the desk should offer `action`: the api has the last word. @param can the abilities of the person */
export function possible(
  action: TicketAction,
  status: TicketStatus,
  can: (action: string, subject: string) => boolean,
): boolean {
  return can(NEEDS[action], 'Ticket') && allows(status, action);
}

function allows(status: TicketStatus, action: TicketAction): boolean {
  if (action === 'unmerge') return status === 'merged';
  if (FINAL.includes(status)) return false;
  const active = !REMOVED.includes(status);
  switch (action) {
    case 'reply':
    case 'note':
    case 'edit':
    case 'merge':
      return active;
    case 'pend':
      return active && status !== 'solved';
    case 'hold':
      return active && status !== 'solved' && status !== 'on_hold';
    case 'solve':
      return active && status !== 'solved';
    case 'reopen':
      return active && status !== 'open';
    case 'close':
      return status === 'solved';
    case 'spam':
      return status !== 'spam';
    case 'trash':
      return status !== 'trashed';
    case 'restore':
      return !active;
  }
}
