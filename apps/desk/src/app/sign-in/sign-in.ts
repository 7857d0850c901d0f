import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel, MatSuffix } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { isBoolean, remembered } from '@ledgerdesk/web-theme';
import { Icon } from '@ledgerdesk/web-ui';
import { Door } from '../door/door';
import { DemoLogins } from './demo-logins';
import { inside } from './inside';
import { ProviderCode } from './provider-code';
import { ProviderDoor } from './provider-door';

/** Email, password and, for whoever has a second factor, a code; afterwards the place that the person wanted to go to. */
@Component({
  selector: 'ld-sign-in',
  imports: [
    DemoLogins,
    Door,
    Icon,
    MatButton,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    MatSuffix,
    ProviderCode,
    ProviderDoor,
    RouterLink,
    TranslocoPipe,
  ],
  templateUrl: './sign-in.html',
  styleUrls: ['../door/door-form.scss', './sign-in.scss'],
})
export class SignIn {
  /** Address inside the desk to open afterwards. */
  readonly to = input<string>();
  /** Short name of a workspace whose provider is to be used. */
  readonly workspace = input<string>();
  /** What came of signing in with a provider, where that was not the desk itself: `refused`, or a `code` is wanted. */
  readonly provider = input<string>();
  protected readonly place = computed(() => inside(this.to()));
  protected readonly refusedByProvider = computed(() =>
    this.provider() === 'refused' ? 'signIn.provider.refused' : undefined,
  );
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly shown = signal(false);
  protected readonly code = signal('');
  /**
   * Whether a code can be typed. The api never says that one is missing, for that would say that the password was right: so the field is
   * there for everybody who was refused, who asks for it, or who has used it in this browser before.
   */
  protected readonly asksCode = signal(false);
  protected readonly busy = signal(false);
  /** Translation key of the reason why it did not work. */
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly usesCode = remembered('code', false, isBoolean);
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  constructor() {
    this.asksCode.set(this.usesCode());
  }

  protected async signIn(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      const code = this.code().trim();
      await this.session.signIn(this.email().trim(), this.password(), code === '' ? undefined : code);
      this.usesCode.set(code !== '');
      await this.enter();
    } catch (error) {
      const { status } = problemOf(error);
      this.refusal.set(refusalKey(status));
      this.code.set('');
      if (status === 401) this.asksCode.set(true);
    } finally {
      this.busy.set(false);
    }
  }

  protected async enter(): Promise<void> {
    await this.router.navigateByUrl(this.place());
  }

  protected use(login: { readonly email: string; readonly password: string }): void {
    this.email.set(login.email);
    this.password.set(login.password);
    this.code.set('');
    void this.signIn();
  }
}

function refusalKey(status: number): string {
  if (status === 0) return 'signIn.unreachable';
  if (status === 429) return 'signIn.tooMany';
  if (status >= 500) return 'signIn.unavailable';
  return 'signIn.wrong';
}
