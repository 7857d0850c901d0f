import { Component, inject, input, output, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, completePasswordReset } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { PasswordField } from '../account/password/password-field';
import { refusalText } from '../tickets/stores/refusal-text';

interface Refusal {
  readonly text: string;
  /** Whether another password would do, or the link is the matter. */
  readonly isAboutPassword: boolean;
  readonly isVoid: boolean;
}

/** Sets the password that goes with the link. */
@Component({
  selector: 'ld-choose-password',
  imports: [Icon, MatButton, PasswordField, TranslocoPipe],
  template: `
    <form novalidate (submit)="choosePassword($event)">
      <ld-password-field
        name="new-password"
        [label]="'account.new' | transloco"
        [hint]="'account.newHint' | transloco"
        [refusal]="refusal()?.isAboutPassword ? refusal()?.text : undefined"
        [(value)]="password"
      />
      <p class="refusal" role="alert">
        @if (refusal(); as reason) {
          @if (!reason.isAboutPassword) {
            <ld-icon name="error" /> <span>{{ reason.text }}</span>
          }
        }
      </p>
      @if (refusal()?.isVoid) {
        <button matButton="filled" type="button" (click)="again.emit()">{{ 'reset.again' | transloco }}</button>
      } @else {
        <button matButton="filled" type="submit" [disabled]="busy() || password() === ''">
          {{ (busy() ? 'reset.choosing' : 'reset.choose') | transloco }}
        </button>
      }
    </form>
  `,
  styleUrl: '../door/door-form.scss',
})
export class ChoosePassword {
  readonly token = input.required<string>();
  /** The password is another one now. */
  readonly chosen = output();
  /** The link is not good any more, and another one is wanted. */
  readonly again = output();
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<Refusal | undefined>(undefined);
  private readonly field = viewChild.required(PasswordField);
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);

  protected async choosePassword(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || this.password() === '') return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      await this.api.invoke(completePasswordReset, { body: { token: this.token(), password: this.password() } });
      this.chosen.emit();
    } catch (error) {
      const problem = problemOf(error);
      const isAboutPassword = problem.code.startsWith('password.');
      const isVoid = problem.code === 'password-reset.void' || problem.status === 400;
      this.refusal.set({ text: refusalText(problem, this.texts), isAboutPassword, isVoid });
      if (isAboutPassword) this.field().focus();
    } finally {
      this.busy.set(false);
    }
  }
}
