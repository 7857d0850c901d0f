import { Component, inject, output, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Api, getSignInOptions } from '@ledgerdesk/web-api';
import type { SignInOptions } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';

/** A login that the installation itself offers for trying it. */
export type DemoLogin = SignInOptions['demoLogins'][number];

/** The demo logins, one click each, where the installation says that it has some; nothing elsewhere. */
@Component({
  selector: 'ld-demo-logins',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (logins().length > 0) {
      <h2>{{ 'signIn.demo' | transloco }}</h2>
      <div class="logins">
        @for (login of logins(); track login.email) {
          <button type="button" [attr.title]="login.email" (click)="chosen.emit(login)">
            <span>{{ 'role.' + login.role | transloco }}</span>
            <ld-icon name="chevron_right" />
          </button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
      min-block-size: 0;
    }
    h2 {
      margin-block: 24px 8px;
      padding-block-start: 20px;
      border-block-start: 1px solid var(--ld-line);
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
    }
    .logins {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(108px, 1fr));
      gap: 6px;
    }
    button {
      white-space: nowrap;
      display: flex;
      align-items: center;
      justify-content: space-between;
      block-size: 34px;
      padding: 0 6px 0 10px;
      border: 1px solid var(--ld-line-strong);
      border-radius: var(--ld-radius);
      background: none;
      cursor: pointer;
      transition: background-color var(--ld-quick);
    }
    button:hover {
      background: var(--ld-hover);
    }
    ld-icon {
      color: var(--ld-control);
      font-size: 16px;
    }
  `,
})
export class DemoLogins {
  readonly chosen = output<DemoLogin>();
  protected readonly logins = signal<readonly DemoLogin[]>([]);

  constructor() {
    inject(Api)
      .invoke(getSignInOptions)
      .then((options) => {
        this.logins.set(options.demoLogins);
      })
      .catch(() => undefined);
  }
}
