import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, changePassword } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Icon, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { CodeField } from '../proof/code-field';
import { PasswordField } from './password-field';

/** Code points; the api says the same. */
const SHORTEST = 12;

type Place = 'current' | 'new' | 'form';

interface Refusal {
  readonly place: Place;
  readonly text: string;
}

const PLACES: Readonly<Record<string, Place>> = {
  'password.refused': 'current',
  'password.too-short': 'new',
  'password.too-common': 'new',
  'password.about-you': 'new',
  'password.unchanged': 'new',
};

/** Changes the password of who is signed in; says at the field what was wrong with it. */
@Component({
  selector: 'ld-password-form',
  imports: [CodeField, Icon, MatButton, PasswordField, TranslocoPipe],
  template: `
    <section aria-labelledby="change-password">
      <h2 id="change-password">{{ 'account.password' | transloco }}</h2>
      <p class="lead">{{ 'account.passwordLead' | transloco }}</p>
      <form novalidate (submit)="changePassword($event)">
        <!-- For password managers: whose password it is. -->
        <input
          class="ld-visually-hidden"
          autocomplete="username"
          tabindex="-1"
          aria-hidden="true"
          readonly
          [value]="email()"
        />
        <ld-password-field
          #current
          name="current-password"
          [label]="'account.current' | transloco"
          [refusal]="refusalAt('current')"
          [(value)]="currentPassword"
        />
        <ld-password-field
          #replacement
          name="new-password"
          [label]="'account.new' | transloco"
          [hint]="'account.newHint' | transloco"
          [refusal]="refusalAt('new')"
          [(value)]="newPassword"
        />
        @if (wantsCode()) {
          <ld-code-field
            key="password-code"
            [label]="'factor.code' | transloco"
            [hint]="'factor.codeHint' | transloco"
            [(value)]="code"
          />
        }
        <button matButton="filled" type="submit" [disabled]="busy() || isEmpty()">
          {{ (busy() ? 'account.changing' : 'account.change') | transloco }}
        </button>
        <p class="refusal" role="alert">
          @if (refusalAt('form'); as text) {
            <ld-icon name="error" /> {{ text }}
          }
        </p>
      </form>
    </section>
  `,
  styles: `
    .lead {
      color: var(--ld-text-quiet);
    }
    form {
      position: relative;
      display: grid;
      gap: 10px;
      max-inline-size: 360px;
      padding-block-start: 14px;
    }
    form > button {
      justify-self: start;
      block-size: 36px;
    }
    .refusal {
      display: flex;
      gap: 6px;
      color: var(--ld-red);
      font-weight: 500;
    }
    .refusal:empty {
      display: none;
    }
  `,
})
export class PasswordForm {
  readonly email = input.required<string>();
  /** Whether the account has a second factor. */
  readonly wantsCode = input(false);
  /** The password is another one now, and all other sessions are over. */
  readonly changed = output();
  protected readonly currentPassword = signal('');
  protected readonly newPassword = signal('');
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly isEmpty = computed(
    () => this.currentPassword() === '' || this.newPassword() === '' || this.lacksCode(),
  );
  private readonly lacksCode = computed(() => this.wantsCode() && this.code().trim() === '');
  private readonly refusal = signal<Refusal | undefined>(undefined);
  private readonly current = viewChild.required<PasswordField>('current');
  private readonly replacement = viewChild.required<PasswordField>('replacement');
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected refusalAt(place: Place): string | undefined {
    const refusal = this.refusal();
    return refusal?.place === place ? refusal.text : undefined;
  }

  protected async changePassword(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.isEmpty()) return;
    this.refusal.set(undefined);
    if ([...this.newPassword()].length < SHORTEST) {
      this.refuse('new', this.texts.translate('problems.password_too-short'));
      return;
    }
    this.busy.set(true);
    try {
      const code = this.wantsCode() ? { code: this.code().trim() } : {};
      const body = { current: this.currentPassword(), new: this.newPassword(), ...code };
      await this.api.invoke(changePassword, { body });
      this.current().clear();
      this.replacement().clear();
      this.code.set('');
      this.toasts.done(this.texts.translate('account.changed'));
      this.changed.emit();
    } catch (error) {
      const problem: Problem = problemOf(error);
      // Which of the two was wrong is not told.
      const isEither = this.wantsCode() && problem.code === 'password.refused';
      const text = isEither ? this.texts.translate('problems.proof_refused') : refusalText(problem, this.texts);
      this.refuse(isEither ? 'form' : (PLACES[problem.code] ?? 'form'), text);
    } finally {
      this.busy.set(false);
    }
  }

  private refuse(place: Place, text: string): void {
    this.refusal.set({ place, text });
    if (place === 'current') this.current().focus();
    if (place === 'new') this.replacement().focus();
  }
}
