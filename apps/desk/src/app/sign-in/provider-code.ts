import { Component, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';

/** The code of a second factor, for somebody whom a provider has vouched for without asking for one. */
@Component({
  selector: 'ld-provider-code',
  imports: [Icon, MatButton, MatFormField, MatHint, MatInput, MatLabel, TranslocoPipe],
  template: `
    <form (submit)="confirm($event)" novalidate>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ 'signIn.code' | transloco }}</mat-label>
        <input
          matInput
          name="code"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck="false"
          maxlength="32"
          [value]="code()"
          (input)="code.set($any($event.target).value)"
        />
        <mat-hint>{{ 'signIn.provider.codeHint' | transloco }}</mat-hint>
      </mat-form-field>
      <p role="alert">
        @if (refusal(); as key) {
          <ld-icon name="error" /> {{ key | transloco }}
        }
      </p>
      <button matButton="filled" type="submit" [disabled]="busy() || code().trim() === ''">
        {{ (busy() ? 'signIn.busy' : 'signIn.submit') | transloco }}
      </button>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: 12px;
    }
    p {
      display: flex;
      align-items: center;
      gap: 6px;
      min-block-size: 20px;
      color: var(--ld-red);
      font-weight: 500;
    }
    button {
      block-size: 36px;
    }
  `,
})
export class ProviderCode {
  readonly signedIn = output();
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  /** Translation key of the reason why it did not work. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly session = inject(Session);

  protected async confirm(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      await this.session.confirmProvider(this.code().trim());
      this.signedIn.emit();
    } catch (error) {
      const { status } = problemOf(error);
      this.refusal.set(status === 401 ? 'signIn.provider.wrongCode' : refusalKey(status));
      this.code.set('');
    } finally {
      this.busy.set(false);
    }
  }
}

function refusalKey(status: number): string {
  if (status === 0) return 'signIn.unreachable';
  return status === 429 ? 'signIn.tooMany' : 'signIn.unavailable';
}
