import { Component, computed, inject } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { OwnSessionList } from './own-sessions/own-session-list';
import { OwnSessions } from './own-sessions/own-sessions';
import { OwnSecondFactor } from './second-factor/own-second-factor';
import { PasswordForm } from './password/password-form';
import { SecondFactorSection } from './second-factor/second-factor-section';

/** What people do about their own account: change the password, set up a second factor, see where they are signed in, and end that. */
@Component({
  selector: 'ld-account-page',
  imports: [OwnSessionList, PasswordForm, SecondFactorSection, TranslocoPipe],
  providers: [OwnSecondFactor, OwnSessions],
  template: `
    <header>
      <h1>{{ 'account.title' | transloco }}</h1>
      @if (member(); as member) {
        <p dir="auto">{{ member.name ?? member.email }} · {{ member.email }}</p>
      }
    </header>
    <div class="body">
      <ld-password-form [email]="member()?.email ?? ''" [wantsCode]="wantsCode()" (changed)="sessions.read()" />
      <ld-second-factor-section (turnedOn)="sessions.read()" />
      <ld-own-session-list />
    </div>
  `,
  styles: `
    :host {
      display: block;
      flex: 1;
      min-block-size: 0;
      overflow-y: auto;
      background: var(--ld-page);
    }
    header {
      padding: 16px 24px;
      border-block-end: 1px solid var(--ld-line);
    }
    header p {
      color: var(--ld-text-quiet);
      overflow-wrap: anywhere;
    }
    .body {
      display: grid;
      gap: 32px;
      max-inline-size: 720px;
      padding: 20px 24px 32px;
    }
    @media (max-width: 759px) {
      header,
      .body {
        padding-inline: 16px;
      }
    }
  `,
})
export class AccountPage {
  protected readonly sessions = inject(OwnSessions);
  private readonly factor = inject(OwnSecondFactor);
  protected readonly wantsCode = computed(() => this.factor.state()?.since != null);
  private readonly session = inject(Session);
  protected readonly member = computed(() => this.session.me()?.member);
}
