import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink, RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Theme } from '@ledgerdesk/web-theme';
import { Icon, Language } from '@ledgerdesk/web-ui';
import { PlatformSession } from './platform-session';

const THEME_ICON = { system: 'contrast', light: 'light_mode', dark: 'dark_mode' } as const;

/** The bar above every page of the platform: where one is, who one is, and the way out. */
@Component({
  selector: 'ld-platform-frame',
  imports: [Icon, MatButton, RouterLink, RouterOutlet, TranslocoPipe],
  template: `
    <header>
      <a routerLink="/platform"><ld-icon name="apartment" /> {{ 'platform.name' | transloco }}</a>
      <span class="who">{{ session.admin()?.name }}</span>
      <button type="button" class="plain" (click)="theme.next()">
        <ld-icon [name]="themeIcon[theme.choice()]" />
        <span class="ld-visually-hidden">{{ 'theme.' + theme.choice() | transloco }}</span>
      </button>
      <button type="button" class="plain" (click)="language.current.set(language.current() === 'en' ? 'de' : 'en')">
        <ld-icon name="language" /> <span class="ld-visually-hidden">{{ 'commands.language' | transloco }}</span>
      </button>
      <button matButton="outlined" type="button" (click)="signOut()">{{ 'commands.signOut' | transloco }}</button>
    </header>
    <main><router-outlet /></main>
  `,
  styleUrl: './platform-frame.scss',
})
export class PlatformFrame {
  protected readonly session = inject(PlatformSession);
  protected readonly theme = inject(Theme);
  protected readonly language = inject(Language);
  protected readonly themeIcon = THEME_ICON;
  private readonly router = inject(Router);

  protected async signOut(): Promise<void> {
    await this.session.signOut();
    await this.router.navigateByUrl('/platform/sign-in');
  }
}
