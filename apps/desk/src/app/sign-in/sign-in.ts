import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel, MatSuffix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Language } from '@ledgerdesk/web-ui';
import { DemoLogins } from './demo-logins';

/** Email and password; afterwards the place that the person wanted to go to. */
@Component({
  selector: 'ld-sign-in',
  imports: [DemoLogins, Icon, MatButton, MatFormField, MatInput, MatLabel, MatSuffix, RouterLink, TranslocoPipe],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
})
export class SignIn {
  /** Address inside the desk to open afterwards. */
  readonly to = input<string>();
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly shown = signal(false);
  protected readonly busy = signal(false);
  /** Translation key of the reason why it did not work. */
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly language = inject(Language);
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  protected async signIn(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      await this.session.signIn(this.email().trim(), this.password());
      await this.router.navigateByUrl(inside(this.to()));
    } catch (error) {
      this.refusal.set(refusalKey(problemOf(error).status));
    } finally {
      this.busy.set(false);
    }
  }

  protected use(login: { readonly email: string; readonly password: string }): void {
    this.email.set(login.email);
    this.password.set(login.password);
    void this.signIn();
  }
}

/** Only addresses of this desk: never one that a link brought in from elsewhere. */
function inside(url: string | undefined): string {
  return url !== undefined && /^\/(?![/\\])/u.test(url) && !url.startsWith('/sign-in') ? url : '/tickets';
}

function refusalKey(status: number): string {
  if (status === 0) return 'signIn.unreachable';
  if (status === 429) return 'signIn.tooMany';
  if (status >= 500) return 'signIn.unavailable';
  return 'signIn.wrong';
}
