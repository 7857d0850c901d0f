import type { Signal } from '@angular/core';
import type { DeskCommand } from '@ledgerdesk/web-ui';
import type { Area } from './areas';

/** What the frame can do for a command. */
export interface FrameActions {
  readonly areas: Signal<readonly Area[]>;
  go(url: string): void;
  openPalette(): void;
  openCheatSheet(): void;
  nextTheme(): void;
  otherLanguage(): void;
  toggleShortcuts(): void;
  signOut(): void;
}

/** The commands that work everywhere in the desk. */
export function frameCommands(actions: FrameActions): readonly DeskCommand[] {
  const group = 'groups.desk';
  return [
    ...actions.areas().map((area): DeskCommand => ({
      id: `open${area.url}`,
      label: area.label,
      group: 'groups.go',
      icon: area.icon,
      keys: area.keys,
      run: () => {
        actions.go(area.url);
      },
    })),
    {
      id: 'goToSolved',
      label: 'views.solved',
      group: 'groups.go',
      icon: 'check_circle',
      keys: 'g s',
      run: () => {
        actions.go('/tickets?view=solved');
      },
    },
    {
      id: 'openAccount',
      label: 'account.title',
      group: 'groups.go',
      icon: 'person',
      hint: 'password sessions passwort sitzungen',
      keys: 'g a',
      run: () => {
        actions.go('/account');
      },
    },
    {
      id: 'openPalette',
      label: 'commands.palette',
      group,
      icon: 'keyboard_command_key',
      keys: 'mod+k',
      keysOnly: true,
      run: () => {
        actions.openPalette();
      },
    },
    {
      id: 'openCheatSheet',
      label: 'commands.keys',
      group,
      icon: 'keyboard',
      keys: '?',
      run: () => {
        actions.openCheatSheet();
      },
    },
    {
      id: 'nextTheme',
      label: 'commands.theme',
      group,
      icon: 'contrast',
      run: () => {
        actions.nextTheme();
      },
    },
    {
      id: 'otherLanguage',
      label: 'commands.language',
      group,
      icon: 'language',
      hint: 'language sprache deutsch english',
      run: () => {
        actions.otherLanguage();
      },
    },
    {
      id: 'toggleShortcuts',
      label: 'keys.toggle',
      group,
      icon: 'keyboard',
      run: () => {
        actions.toggleShortcuts();
      },
    },
    {
      id: 'signOut',
      label: 'commands.signOut',
      group,
      icon: 'logout',
      run: () => {
        actions.signOut();
      },
    },
  ];
}
