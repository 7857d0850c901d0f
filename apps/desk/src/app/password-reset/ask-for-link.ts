import { Component, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, requestPasswordReset } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon, Language } from '@ledgerdesk/web-ui';
import { refusalText } from '../tickets/stores/refusal-text';

/** Takes the address that the link goes to. What is answered does not tell whether it has an account. */
@Component({
  selector: 'ld-ask-for-link',
  imports: [Icon, MatButton, MatFormField, MatInput, MatLabel, TranslocoPipe],
  template: `
    <form novalidate (submit)="askForLink($event)">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ 'signIn.email' | transloco }}</mat-label>
        <input
          #box
          matInput
          type="email"
          name="email"
          autocomplete="username"
          maxlength="254"
          required
          [value]="email()"
          (input)="email.set(box.value)"
        />
      </mat-form-field>
      <p class="refusal" role="alert">
        @if (refusal(); as text) {
          <ld-icon name="error" /> {{ text }}
        }
      </p>
      <button matButton="filled" type="submit" [disabled]="busy() || email().trim().length < 3">
        {{ (busy() ? 'reset.sending' : 'reset.send') | transloco }}
      </button>
    </form>
  `,
  styleUrl: '../door/door-form.scss',
})
export class AskForLink {
  /** The request was taken. */
  readonly asked = output();
  protected readonly email = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly api = inject(Api);
  private readonly language = inject(Language);
  private readonly texts = inject(TranslocoService);

  protected async askForLink(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      const language = this.language.current() === 'de' ? 'de' : 'en';
      await this.api.invoke(requestPasswordReset, { body: { email: this.email().trim(), language } });
      this.asked.emit();
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
