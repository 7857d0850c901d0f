import type { DeskCommand } from '@ledgerdesk/web-ui';

/** What the ledger view can do for a command. */
export interface HistoryActions {
  step(by: number): void;
  leave(): void;
}

/** The keys of the ledger view, for when the slider itself has no focus. */
export function historyCommands(actions: HistoryActions): readonly DeskCommand[] {
  const group = 'groups.ticket';
  return [
    {
      id: 'previousEvent',
      label: 'history.previous',
      group,
      icon: 'chevron_left',
      keys: 'ArrowLeft',
      run: () => {
        actions.step(-1);
      },
    },
    {
      id: 'nextEvent',
      label: 'history.next',
      group,
      icon: 'chevron_right',
      keys: 'ArrowRight',
      run: () => {
        actions.step(1);
      },
    },
    {
      id: 'leaveLedger',
      label: 'history.leave',
      group,
      icon: 'arrow_back',
      keys: 'h',
      run: () => {
        actions.leave();
      },
    },
  ];
}
