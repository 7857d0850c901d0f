import { ConfigurationError } from '@ledgerdesk/config';
import { ReadStore } from '@ledgerdesk/read-store';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Accounts } from '../accounts.js';
import { HashingQueue } from '../passwords/hashing-queue.js';
import { Passwords } from '../passwords/passwords.js';
import { DemoLogins } from './demo-logins.js';
import { DEMO_PASSWORD, demoIds } from './demo-people.js';

let database: TestDatabase;
let store: ReadStore;

beforeAll(async () => {
  database = await createTestDatabase();
  store = new ReadStore({ url: database.appUrl });
}, 60_000);

afterAll(async () => {
  await store.close();
  await database.drop();
});

const passwords = new Passwords(new HashingQueue());

function logins(mode: 'embedded' | 'production', host = '127.0.0.1'): DemoLogins {
  const http = { host, port: 0, publicUrl: 'https://help.example.org', corsOrigins: [], trustedProxies: [] };
  return new DemoLogins({ mode, http }, new Accounts(store), passwords);
}

async function register(password: string): Promise<void> {
  const email = 'agent@demo.test';
  await store.global((sql) => sql.rows('delete from account'));
  const passwordHash = await passwords.hash(password);
  await new Accounts(store).register({ accountId: demoIds.account(email), email, passwordHash });
}

describe('demo logins', () => {
  it('N6 keep a production start from happening', async () => {
    await register(DEMO_PASSWORD);
    await expect(logins('production').assertNoDemoLogins()).rejects.toThrow(ConfigurationError);
    await expect(logins('production').assertNoDemoLogins()).rejects.toThrow('agent@demo.test');
  });

  it('N6 keep an embedded desk on this machine', async () => {
    await register(DEMO_PASSWORD);
    await expect(logins('embedded', '0.0.0.0').assertNoDemoLogins()).rejects.toThrow('HOST is 0.0.0.0');
    await expect(logins('embedded').assertNoDemoLogins()).resolves.toBeUndefined();
  });

  it('N6 are no obstacle once their password was changed', async () => {
    await register('correct horse battery staple');
    await expect(logins('production').assertNoDemoLogins()).resolves.toBeUndefined();
    await expect(logins('embedded', '0.0.0.0').assertNoDemoLogins()).resolves.toBeUndefined();
  });

  it('are offered in embedded mode only, and only those that exist', async () => {
    await register(DEMO_PASSWORD);
    await expect(logins('embedded').offered()).resolves.toEqual([
      { email: 'agent@demo.test', password: DEMO_PASSWORD, role: 'agent' },
    ]);
    await expect(logins('production').offered()).resolves.toEqual([]);
  });
});
