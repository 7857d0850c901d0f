import { type Configuration, ConfigurationError, isLoopback } from '@ledgerdesk/config';
import type { Role } from '@ledgerdesk/auth';
import type { Account, Accounts } from '../accounts.js';
import type { Passwords } from '../passwords/passwords.js';
import { DEMO_PASSWORD, DEMO_WORKSPACES } from './demo-people.js';

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly role: Role;
}

/** Shown on the sign-in page: one login per role of the demo workspace, and the second workspace's owner. */
const OFFERED: readonly DemoLogin[] = DEMO_WORKSPACES.flatMap(({ people }) =>
  people
    .filter(({ role }, index) => people.findIndex((other) => other.role === role) === index)
    .map(({ email, role }) => ({ email, password: DEMO_PASSWORD, role })),
);

/** Logins whose password is printed in the documentation: welcome on a laptop, refused everywhere else. */
export class DemoLogins {
  constructor(
    private readonly configuration: Pick<Configuration, 'mode' | 'http'>,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  /** The demo logins of this installation; none unless it runs in embedded mode. */
  async offered(): Promise<readonly DemoLogin[]> {
    if (this.configuration.mode !== 'embedded') return [];
    const existing = new Set((await this.#existing()).map(({ email }) => email));
    return OFFERED.filter(({ email }) => existing.has(email));
  }

  /**
   * Refuses to serve demo logins in production mode, or to other machines.
   * @throws ConfigurationError with a sentence that says what to do
   */
  async assertNoDemoLogins(): Promise<void> {
    const { mode, http } = this.configuration;
    if (mode === 'embedded' && isLoopback(http.host)) return;
    for (const { email, passwordHash } of await this.#existing()) {
      if (!(await this.passwords.match(passwordHash, DEMO_PASSWORD))) continue;
      throw new ConfigurationError(
        mode === 'production'
          ? `${email} still has the demo password: start production on a database without demo data.`
          : `HOST is ${http.host}, but ${email} has the demo password: listen on 127.0.0.1, or start with --reset --no-demo.`,
      );
    }
  }

  async #existing(): Promise<readonly Account[]> {
    return this.accounts.byEmails(DEMO_WORKSPACES.flatMap(({ people }) => people.map(({ email }) => email)));
  }
}
