import { Injectable, inject, signal } from '@angular/core';
import { Api, refreshPlatformSession, signInToPlatform, signOutOfPlatform } from '@ledgerdesk/web-api';
import type { PlatformAdmin, PlatformSignedIn } from '@ledgerdesk/web-api';
import { isBoolean, remembered } from '@ledgerdesk/web-theme';
import { problemOf } from '@ledgerdesk/web-session';

/** Who runs the installation at this screen: a sign-in of its own, beside the one of a member. The token stays in memory. */
@Injectable({ providedIn: 'root' })
export class PlatformSession {
  private readonly api = inject(Api);
  private readonly person = signal<PlatformAdmin | undefined>(undefined);
  readonly admin = this.person.asReadonly();
  /** Whether this browser may hold the cookie; scripts can not see it, and asking in vain is an error in the log. */
  private readonly mayReturn = remembered('platform-session', false, isBoolean);
  private token: string | undefined;
  private renewing: Promise<boolean> | undefined;

  accessToken(): string | undefined {
    return this.token;
  }

  /** Rejects with the api's answer: 401 for wrong credentials, 429 after too many attempts. */
  async signIn(email: string, password: string): Promise<void> {
    this.keep(await this.api.invoke(signInToPlatform, { body: { email, password } }));
  }

  /** Takes up the session that the browser's cookie still holds; true when somebody is signed in afterwards. */
  async restore(): Promise<boolean> {
    if (this.person() !== undefined) return true;
    return this.mayReturn() && this.renew();
  }

  /** A new access token for the cookie; false when there is none. Callers that ask together share one request. */
  renew(): Promise<boolean> {
    this.renewing ??= this.ask().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  async signOut(): Promise<void> {
    try {
      await this.api.invoke(signOutOfPlatform);
    } finally {
      this.forget();
    }
  }

  forget(): void {
    this.mayReturn.set(false);
    this.token = undefined;
    this.person.set(undefined);
  }

  private async ask(): Promise<boolean> {
    try {
      this.keep(await this.api.invoke(refreshPlatformSession));
      return true;
    } catch (error) {
      if (problemOf(error).status === 401) this.forget();
      return false;
    }
  }

  private keep({ accessToken, admin }: PlatformSignedIn): void {
    this.token = accessToken;
    this.person.set(admin);
    this.mayReturn.set(true);
  }
}
