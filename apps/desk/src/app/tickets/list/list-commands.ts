import type { DeskCommand } from '@ledgerdesk/web-ui';

/** What the list can do for a command. */
export interface ListActions {
  move(step: number): void;
  open(): void;
  back(): void;
  isTicketOpen(): boolean;
  search(): void;
  refresh(): void;
}

/** The keys of the list: up and down, open, back, search. */
export function listCommands(actions: ListActions): readonly DeskCommand[] {
  const group = 'groups.list';
  const next = (): void => {
    actions.move(1);
  };
  const previous = (): void => {
    actions.move(-1);
  };
  return [
    {
      id: 'nextTicket',
      label: 'commands.next',
      group,
      icon: 'keyboard_arrow_down',
      keys: 'j',
      keysOnly: true,
      run: next,
    },
    {
      id: 'previousTicket',
      label: 'commands.previous',
      group,
      icon: 'keyboard_arrow_up',
      keys: 'k',
      keysOnly: true,
      run: previous,
    },
    {
      id: 'getTicket',
      label: 'commands.open',
      group,
      icon: 'open_in_new',
      keys: 'Enter',
      keysOnly: true,
      run: actions.open.bind(actions),
    },
    {
      id: 'closePane',
      label: 'commands.back',
      group,
      icon: 'arrow_back',
      keys: 'u',
      enabled: actions.isTicketOpen.bind(actions),
      run: actions.back.bind(actions),
    },
    {
      id: 'searchTickets',
      label: 'commands.search',
      group,
      icon: 'search',
      keys: '/',
      run: actions.search.bind(actions),
    },
    { id: 'refreshList', label: 'commands.refresh', group, icon: 'refresh', run: actions.refresh.bind(actions) },
  ];
}
