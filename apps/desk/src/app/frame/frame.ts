import { Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import { Session } from '@ledgerdesk/web-session';
import { Theme } from '@ledgerdesk/web-theme';
import { Avatar, DeskCommands, Icon, Language, Shortcuts } from '@ledgerdesk/web-ui';
import { filter, map } from 'rxjs';
import { areaAt, areasFor } from './areas';
import { frameCommands } from './frame-commands';
import { WorkspaceBanners } from './workspace-banners';

const THEME_ICON = { system: 'contrast', light: 'light_mode', dark: 'dark_mode' } as const;

/** The rail with the areas and the person, around whatever area is open. */
@Component({
  selector: 'ld-frame',
  imports: [
    Avatar,
    Icon,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatTooltip,
    RouterLink,
    RouterOutlet,
    TranslocoPipe,
    WorkspaceBanners,
  ],
  templateUrl: './frame.html',
  styleUrl: './frame.scss',
})
export class Frame {
  protected readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map((event) => event.urlAfterRedirects),
    ),
    { initialValue: this.router.url },
  );
  protected readonly live = inject(LiveDesk);
  protected readonly theme = inject(Theme);
  protected readonly language = inject(Language);
  protected readonly areas = computed(() => areasFor((action, subject) => this.session.can(action, subject)));
  /** The area that is open. */
  protected readonly open = computed(() => areaAt(this.url(), (action, subject) => this.session.can(action, subject)));
  protected readonly themeIcon = computed(() => THEME_ICON[this.theme.choice()]);
  private readonly dialog = inject(MatDialog);
  private readonly texts = inject(TranslocoService);
  private readonly shortcuts = inject(Shortcuts);

  constructor() {
    inject(DeskCommands).offer(
      frameCommands({
        areas: this.areas,
        go: (url) => void this.router.navigateByUrl(url),
        openPalette: () => void this.openPalette(),
        openCheatSheet: () => void this.openCheatSheet(),
        nextTheme: () => {
          this.theme.next();
        },
        otherLanguage: () => {
          this.language.current.update((language) => (language === 'en' ? 'de' : 'en'));
        },
        toggleShortcuts: () => {
          this.shortcuts.singleKeys.update((on) => !on);
        },
        signOut: () => void this.signOut(),
      }),
    );
  }

  protected async openPalette(): Promise<void> {
    const { CommandPalette } = await import('@ledgerdesk/web-ui');
    if (this.dialog.openDialogs.length > 0) return;
    const label = this.texts.translate('palette.label');
    this.dialog.open(
      CommandPalette,
      Object.assign(new MatDialogConfig(), { width: '600px', position: { top: '12vh' }, ariaLabel: label }),
    );
  }

  protected async openCheatSheet(): Promise<void> {
    const { CheatSheet } = await import('@ledgerdesk/web-ui');
    if (this.dialog.openDialogs.length > 0) return;
    this.dialog.open(CheatSheet, Object.assign(new MatDialogConfig(), { width: '680px' }));
  }

  protected async signOut(): Promise<void> {
    await this.session.signOut();
    await this.router.navigateByUrl('/sign-in');
  }
}
