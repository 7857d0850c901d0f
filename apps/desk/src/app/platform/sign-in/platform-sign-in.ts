import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { Door } from '../../door/door';
import { PlatformSession } from '../platform-session';

/** The door of those who run the installation. */
@Component({
  selector: 'ld-platform-sign-in',
  imports: [Door, Icon, MatButton, MatFormField, MatInput, MatLabel, TranslocoPipe],
  template: `
    <ld-door [heading]="'platform.name' | transloco" [lead]="'platform.signInLead' | transloco">
      <form (submit)="signIn($event)" novalidate>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'signIn.email' | transloco }}</mat-label>
          <input
            matInput
            #address
            type="email"
            name="email"
            autocomplete="username"
            required
            [value]="email()"
            (input)="email.set(address.value)"
          />
        </mat-form-field>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'signIn.password' | transloco }}</mat-label>
          <input
            matInput
            #secret
            type="password"
            name="password"
            autocomplete="current-password"
            required
            [value]="password()"
            (input)="password.set(secret.value)"
          />
        </mat-form-field>
        <p class="refusal" role="alert">
          @if (refusal(); as key) {
            <ld-icon name="error" /> {{ key | transloco }}
          }
        </p>
        <button matButton="filled" type="submit" [disabled]="busy() || email() === '' || password() === ''">
          {{ (busy() ? 'signIn.busy' : 'signIn.submit') | transloco }}
        </button>
      </form>
    </ld-door>
  `,
  styleUrl: '../../door/door-form.scss',
})
export class PlatformSignIn {
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly busy = signal(false);
  /** Translation key of the reason why it did not work. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly session = inject(PlatformSession);
  private readonly router = inject(Router);

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      await this.session.signIn(this.email().trim(), this.password());
      await this.router.navigateByUrl('/platform');
    } catch (error) {
      this.refusal.set(refusalKey(problemOf(error).status));
    } finally {
      this.busy.set(false);
    }
  }
}

function refusalKey(status: number): string {
  if (status === 0) return 'signIn.unreachable';
  if (status === 429) return 'signIn.tooMany';
  return status >= 500 ? 'signIn.unavailable' : 'platform.wrong';
}
