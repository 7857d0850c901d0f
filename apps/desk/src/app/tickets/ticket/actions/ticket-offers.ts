import type { DeskCommand, IconName } from '@ledgerdesk/web-ui';
import type { TicketDialogs } from '../dialogs/ticket-dialogs';
import type { TicketAction } from './possible';
import type { TicketActions } from './ticket-actions';

/** What only the screen itself can do. */
export interface TicketScreen {
  reply(): void;
  note(): void;
  rename(): void;
  tag(): void;
  history(): void;
  mayReadHistory(): boolean;
}

/** The commands of the open ticket, by where they are offered. */
export interface TicketOffers {
  /** The menu of the status. */
  readonly moves: readonly DeskCommand[];
  /** The menu of everything else. */
  readonly others: readonly DeskCommand[];
  /** What has its own place on the screen, and a key. */
  readonly placed: readonly DeskCommand[];
}

/** Every command of the open ticket: once for keys, palette and menus. */
export function ticketOffers(actions: TicketActions, dialogs: TicketDialogs, screen: TicketScreen): TicketOffers {
  const offer = (id: string, icon: IconName, action: TicketAction, run: () => unknown, keys?: string): DeskCommand => ({
    id,
    label: `act.${id}`,
    group: 'groups.ticket',
    icon,
    ...(keys === undefined ? {} : { keys }),
    enabled: () => actions.may(action),
    run: () => {
      run();
    },
  });
  return {
    moves: [
      offer('reopenTicket', 'adjust', 'reopen', () => actions.reopenTicket()),
      offer('pendTicket', 'snooze', 'pend', dialogs.pend.bind(dialogs), 's'),
      offer('holdTicket', 'pause_circle', 'hold', () => actions.holdTicket()),
      offer('solveTicket', 'check_circle', 'solve', () => actions.solveTicket(), 'e'),
      offer('closeTicket', 'lock', 'close', () => actions.closeTicket()),
      offer('restoreTicket', 'restore_from_trash', 'restore', () => actions.restoreTicket()),
    ],
    others: [
      offer('handOffTicket', 'waving_hand', 'edit', dialogs.handOff.bind(dialogs)),
      offer('linkTicket', 'link', 'edit', dialogs.link.bind(dialogs)),
      offer('mergeTicket', 'merge', 'merge', dialogs.merge.bind(dialogs), 'm'),
      offer('setCustomField', 'tune', 'edit', dialogs.fields.bind(dialogs)),
      offer('markSpam', 'report', 'spam', () => actions.markSpam()),
      offer('trashTicket', 'delete', 'trash', () => actions.trashTicket()),
    ],
    placed: [
      offer('sendReply', 'reply', 'reply', screen.reply.bind(screen), 'r'),
      offer('addNote', 'lock', 'note', screen.note.bind(screen), 'n'),
      offer('assignTicket', 'assignment_ind', 'edit', dialogs.assign.bind(dialogs), 'a'),
      offer('renameTicket', 'edit', 'edit', screen.rename.bind(screen)),
      offer('categoriseTicket', 'category', 'edit', dialogs.categorise.bind(dialogs)),
      offer('tagTicket', 'sell', 'edit', screen.tag.bind(screen), 't'),
      ...(['urgent', 'high', 'normal', 'low'] as const).map((priority): DeskCommand => ({
        ...offer('prioritiseTicket', 'priority_high', 'edit', () => actions.prioritiseTicket(priority)),
        id: `prioritiseTicket ${priority}`,
        label: `act.priority_${priority}`,
      })),
      {
        id: 'getTicketLedger',
        label: 'history.open',
        group: 'groups.ticket',
        icon: 'history',
        keys: 'h',
        enabled: screen.mayReadHistory.bind(screen),
        run: screen.history.bind(screen),
      },
    ],
  };
}
