import { Injectable, computed, inject, signal } from '@angular/core';
import { createMongoAbility } from '@casl/ability';
import type { MongoAbility, RawRuleOf } from '@casl/ability';
import { Router } from '@angular/router';
import { Api, confirmProviderSignIn, getMe, refreshSession, signIn, signOut, stepUp } from '@ledgerdesk/web-api';
import type { Me } from '@ledgerdesk/web-api';
import { isBoolean, remembered } from '@ledgerdesk/web-theme';
import { AccessToken } from './access-token';
import { problemOf } from './problem';

/** What became of asking for a new access token: `unreachable` may be otherwise in a moment, `ended` never. */
export type Renewal = 'renewed' | 'ended' | 'unreachable';

/** What a renewal is refused with for good: a session that is over, and acting as somebody that is or is not allowed any more. */
const ENDED: readonly number[] = [401, 403, 404];

type Rules = RawRuleOf<MongoAbility>[];

/** Who works at this desk, and what the workspace lets them do. The refresh cookie is the browser's; the access token stays in memory. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(Api);
  private readonly token = inject(AccessToken);
  private readonly router = inject(Router);
  private readonly person = signal<Me | undefined>(undefined);
  /** The signed-in member with their workspace, or undefined. */
  readonly me = this.person.asReadonly();
  private readonly ability = computed(() => createMongoAbility((this.person()?.abilities ?? []) as Rules));
  /** Whether this browser may hold the cookie of a session; scripts can not see it, and asking in vain is an error in the log. */
  private readonly mayReturn = remembered('session', false, isBoolean);
  private renewing: Promise<Renewal> | undefined;
  /** How the token is renewed while somebody else acts in the seat; the cookie of a member has nothing to do with it. */
  private renewActing: (() => Promise<string>) | undefined;

  /** Whether the member's role allows `action` on `subject`. A signal read: templates follow when the role changes. */
  can(action: string, subject: string): boolean {
    return this.ability().can(action, subject);
  }

  /**
   * Signs in. Rejects with the api's answer (401 for wrong credentials, 429 after too many attempts).
   * @param code of the second factor, for accounts that have one
   */
  async signIn(email: string, password: string, code?: string): Promise<void> {
    const body = { email, password, ...(code === undefined ? {} : { code }) };
    const answer = await this.api.invoke(signIn, { body });
    this.token.set(answer.accessToken);
    this.mayReturn.set(true);
    await this.readMe();
  }

  /** Before the browser leaves for a provider: when it comes back, it may hold the cookie of a session. */
  expectReturn(): void {
    this.mayReturn.set(true);
  }

  /** Shows the code that a sign-in with a provider still needs. Rejects with the api's answer. */
  async confirmProvider(code: string): Promise<void> {
    const answer = await this.api.invoke(confirmProviderSignIn, { body: { code } });
    this.token.set(answer.accessToken);
    this.mayReturn.set(true);
    await this.readMe();
  }

  /** Shows the password once more, and the code where there is a second factor. Rejects with the api's answer. */
  async stepUp(password: string, code?: string): Promise<void> {
    const body = { password, ...(code === undefined ? {} : { code }) };
    this.token.set((await this.api.invoke(stepUp, { body })).accessToken);
  }

  /** Takes up the session that the browser's cookie still holds; true when somebody is signed in afterwards. */
  async restore(): Promise<boolean> {
    if (this.person() !== undefined) return true;
    if (!this.mayReturn() || (await this.renew()) !== 'renewed') return false;
    await this.readMe();
    return true;
  }

  /**
   * Works in the seat of a member with a token that the platform gave out.
   * @param renew asks for the next token; rejects when it is over
   */
  async actAs(accessToken: string, renew: () => Promise<string>): Promise<void> {
    this.renewActing = renew;
    this.token.set(accessToken);
    await this.readMe();
  }

  /** Leaves the seat; a session of a member in this browser comes back with its cookie. */
  stopActing(): void {
    this.renewActing = undefined;
    this.token.set(undefined);
    this.person.set(undefined);
  }

  /** Gets a new access token for the cookie. Callers that ask together share one request. */
  renew(): Promise<Renewal> {
    const { renewActing } = this;
    const asked = (): Promise<Renewal> =>
      renewActing ? this.tokenFrom(renewActing()) : oneTabAtATime(() => this.askForToken());
    this.renewing ??= asked().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  /** Ends the session here and on the server. */
  async signOut(): Promise<void> {
    try {
      await this.api.invoke(signOut);
    } finally {
      this.forget();
    }
  }

  /** The server knows the session no more: shows the sign-in page, which leads back here. */
  leave(): void {
    if (this.renewActing) {
      this.stopActing();
      void this.router.navigateByUrl('/platform');
      return;
    }
    this.forget();
    const { url } = this.router;
    if (!url.startsWith('/sign-in')) void this.router.navigate(['/sign-in'], { queryParams: { to: url } });
  }

  /** The workspace wants a second factor now: shows the page where it is set up, which leads back here. */
  async setUpFirst(): Promise<void> {
    await this.reread();
    const { url } = this.router;
    if (this.person()?.mustSetUp !== 'second-factor' || url.startsWith('/second-factor')) return;
    await this.router.navigate(['/second-factor'], { queryParams: { to: url } });
  }

  /** Forgets who was signed in, without asking the server. */
  forget(): void {
    this.mayReturn.set(false);
    this.token.set(undefined);
    this.person.set(undefined);
  }

  private async askForToken(): Promise<Renewal> {
    return this.tokenFrom(this.api.invoke(refreshSession).then(({ accessToken }) => accessToken));
  }

  private async tokenFrom(asked: Promise<string>): Promise<Renewal> {
    try {
      this.token.set(await asked);
      return 'renewed';
    } catch (error) {
      this.token.set(undefined);
      return ENDED.includes(problemOf(error).status) ? 'ended' : 'unreachable';
    }
  }

  /** Reads again who the person is here, after something changed that the desk goes by. A failure leaves what is known. */
  async reread(): Promise<void> {
    try {
      if (this.person() !== undefined) await this.readMe();
    } catch {
      // The next start of the desk reads it.
    }
  }

  private async readMe(): Promise<void> {
    this.person.set(await this.api.invoke(getMe));
  }
}

/**
 * The cookie changes with each renewal and the old one, used again, ends the session as stolen: tabs that renew at the same moment
 * must take turns. Browsers without locks have pages of one origin renew at their own risk.
 */
function oneTabAtATime(renew: () => Promise<Renewal>): Promise<Renewal> {
  const locks = (navigator as { readonly locks?: LockManager }).locks;
  return locks === undefined ? renew() : locks.request('ledgerdesk.session', renew);
}
