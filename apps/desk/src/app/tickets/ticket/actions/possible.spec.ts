import type { TicketStatus } from '@ledgerdesk/web-ui';
import { possible } from './possible';
import type { TicketAction } from './possible';

const ACTIONS: readonly TicketAction[] = [
  'reply',
  'note',
  'edit',
  'pend',
  'hold',
  'solve',
  'reopen',
  'close',
  'spam',
  'trash',
  'restore',
  'merge',
  'unmerge',
];
const everything = (): boolean => true;
const offered = (status: TicketStatus, can: (action: string) => boolean = everything): readonly TicketAction[] =>
  ACTIONS.filter((action) => possible(action, status, can));

describe('what is possible with a ticket', () => {
  it.each<[TicketStatus, string]>([
    ['new', 'reply note edit pend hold solve reopen spam trash merge'],
    ['open', 'reply note edit pend hold solve spam trash merge'],
    ['pending', 'reply note edit pend hold solve reopen spam trash merge'],
    ['on_hold', 'reply note edit pend solve reopen spam trash merge'],
    ['solved', 'reply note edit reopen close spam trash merge'],
    ['spam', 'trash restore'],
    ['trashed', 'spam restore'],
    ['closed', ''],
    ['merged', 'unmerge'],
  ])('while it is %s', (status, actions) => {
    expect(offered(status).join(' ')).toBe(actions);
  });

  it('is nothing for those who only read, and notes for those who only note', () => {
    expect(offered('open', (action) => action === 'read')).toEqual([]);
    expect(offered('open', (action) => ['read', 'note'].includes(action))).toEqual(['note']);
  });
});
