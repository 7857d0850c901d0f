import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, deriveKey, isLoopback, loadConfiguration } from './index.js';
import { refuseUnsafeProduction } from './production-rules.js';
import { SECRETS } from './secret-files.js';
import { environment } from './settings.js';

const key = randomBytes(32).toString('base64');
const safe = {
  LEDGERDESK_MODE: 'production',
  DATABASE_URL: 'postgres://desk:q8Xz-11-zkP@db.internal:5432/desk',
  REDIS_URL: 'redis://:k3-Rr9-wwP@redis.internal:6379',
  INSTALLATION_KEY: key,
  PUBLIC_URL: 'https://help.example.org/',
  ALLOW_UNPATCHED_NODE: 'true',
};

describe('configuration', () => {
  it('reads safe settings', () => {
    expect(loadConfiguration(safe)).toMatchObject({
      mode: 'production',
      http: {
        host: '127.0.0.1',
        port: 3000,
        publicUrl: 'https://help.example.org',
        corsOrigins: [],
        trustedProxies: [],
      },
      installationKey: Buffer.from(key, 'base64'),
    });
  });

  it.each([
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://eventstore:2113?tls=false',
    'esdb://desk:q8Xz-11-zkP@events.example.org',
    'esdb+discover://desk:q8Xz-11-zkP@events.example.org:2113?nodePreference=leader',
    'esdb://desk:q8Xz%4011@a.example.org:2113,b.example.org:2113,c.example.org:2113/?tlsCAFile=/etc/ca.crt',
  ])('takes the event store %s', (EVENTSTORE_URL) => {
    expect(loadConfiguration({ ...safe, EVENTSTORE_URL }).eventStoreUrl).toBe(EVENTSTORE_URL);
  });

  it('trusts the proxies that are named', () => {
    const TRUSTED_PROXIES = '192.0.2.7, 10.0.0.0/8,2001:db8::/32 ,uniquelocal';
    expect(loadConfiguration({ ...safe, TRUSTED_PROXIES }).http.trustedProxies).toEqual([
      '192.0.2.7',
      '10.0.0.0/8',
      '2001:db8::/32',
      'uniquelocal',
    ]);
  });

  it('mails where it is told to, and nothing without a server', () => {
    const MAIL_URL = 'smtps://desk:k3-Rr9-wwP@mail.example.org';
    expect(loadConfiguration(safe).mail).toBeUndefined();
    for (const MAIL_FROM of ['desk@example.org', 'Hilfe für alle <desk@example.org>']) {
      expect(loadConfiguration({ ...safe, MAIL_URL, MAIL_FROM }).mail).toEqual({ url: MAIL_URL, from: MAIL_FROM });
    }
    const laptop = { ...safe, LEDGERDESK_MODE: 'embedded', MAIL_URL: 'smtp://127.0.0.1:2525' };
    expect(loadConfiguration({ ...laptop, MAIL_CATCHER_PORT: '2525' }).mail).toEqual({
      url: laptop.MAIL_URL,
      from: 'Ledgerdesk <ledgerdesk@localhost>',
      catcherPort: 2525,
    });
  });

  it('lets other systems be called at the ports that are named, and without https on a laptop only', () => {
    expect(loadConfiguration(safe).outbound).toEqual({ plainHttp: false, ports: [] });
    expect(loadConfiguration({ ...safe, OUTBOUND_PORTS: '8443, 9443' }).outbound.ports).toEqual([8_443, 9_443]);
    const laptop = { ...safe, LEDGERDESK_MODE: 'embedded', OUTBOUND_PLAIN_HTTP: 'true' };
    expect(loadConfiguration(laptop).outbound.plainHttp).toBe(true);
  });

  it('limits requests in production and not on a laptop, unless told otherwise', () => {
    const laptop = { ...safe, LEDGERDESK_MODE: 'embedded' };
    expect(loadConfiguration(laptop).limits).toBeUndefined();
    expect(loadConfiguration({ ...safe, RATE_LIMITS: 'false' }).limits).toBeUndefined();
    expect(loadConfiguration({ ...laptop, RATE_LIMITS: 'true', RATE_LIMIT_MEMBER: '7' }).limits).toEqual({
      address: { quota: 6_000, seconds: 60 },
      member: { quota: 7, seconds: 60 },
      key: { quota: 600, seconds: 60 },
      workspace: { quota: 12_000, seconds: 60 },
      ticket: { quota: 60, seconds: 600 },
      search: { quota: 240, seconds: 60 },
      export: { quota: 60, seconds: 3_600 },
      verification: { quota: 60, seconds: 3_600 },
    });
    expect(loadConfiguration(safe).limits).toMatchObject({ member: { quota: 1_200, seconds: 60 } });
  });

  it('N6 reads every secret from a file, unless the variable itself is set', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-secrets-'));
    const secrets = {
      INSTALLATION_KEY: key,
      DATABASE_URL: safe.DATABASE_URL,
      REDIS_URL: safe.REDIS_URL,
      EVENTSTORE_URL: 'esdb://desk:q8Xz-11-zkP@events.example.org',
      MAIL_URL: 'smtps://desk:q8Xz-11-zkP@mail.example.org',
      METRICS_TOKEN: 'k3-Rr9-wwP-k3-Rr9-wwP',
    };
    expect(Object.keys(secrets)).toEqual(SECRETS);
    const files = Object.entries(secrets).map(([name, text]) => {
      writeFileSync(join(folder, name), `${text}\n`);
      return [`${name}_FILE`, join(folder, name)];
    });
    const { INSTALLATION_KEY: _, DATABASE_URL: __, REDIS_URL: ___, ...rest } = safe;
    const open = { ...rest, MAIL_FROM: 'desk@example.org' };
    const fromFiles = loadConfiguration({ ...open, ...(Object.fromEntries(files) as object) });
    expect(fromFiles).toEqual(loadConfiguration({ ...open, ...secrets }));
    expect(loadConfiguration({ ...safe, INSTALLATION_KEY_FILE: '/nowhere' }).installationKey).toEqual(
      Buffer.from(key, 'base64'),
    );
    expect(() =>
      loadConfiguration({ ...rest, ...secrets, METRICS_TOKEN: undefined, METRICS_TOKEN_FILE: folder }),
    ).toThrow('METRICS_TOKEN_FILE');
  });

  it('N5 shows the description of the API on a laptop, and elsewhere when that is wished', () => {
    expect(loadConfiguration(safe).http.docs).toBe(false);
    expect(loadConfiguration({ ...safe, API_DOCS: 'true' }).http.docs).toBe(true);
    expect(loadConfiguration({ ...safe, LEDGERDESK_MODE: 'embedded' }).http.docs).toBe(true);
  });

  it.each([
    ['a missing database', { DATABASE_URL: undefined }, /^DATABASE_URL is not set/],
    ['a database of another kind', { DATABASE_URL: 'mysql://x' }, /^DATABASE_URL is not valid/],
    ['a port that is none', { OUTBOUND_PORTS: '8443,https' }, /^OUTBOUND_PORTS holds/],
    ['a port beyond the last', { OUTBOUND_PORTS: '65536' }, /^OUTBOUND_PORTS holds/],
    ['a proxy that is a name', { TRUSTED_PROXIES: 'proxy.internal' }, /^TRUSTED_PROXIES holds proxy\.internal/],
    ['a proxy that is everybody', { TRUSTED_PROXIES: '10.0.0.1, 0.0.0.0/0' }, /^TRUSTED_PROXIES holds 0\.0\.0\.0\/0/],
    ['a network of too many bits', { TRUSTED_PROXIES: '10.0.0.0/33' }, /^TRUSTED_PROXIES/],
    ['a limit that lets nobody in', { RATE_LIMIT_MEMBER: '0' }, /^RATE_LIMIT_MEMBER is not valid/],
    ['a port out of range', { PORT: '70000' }, /^PORT is not valid/],
    ['an origin with a path', { CORS_ORIGINS: 'https://a.test/x' }, /^CORS_ORIGINS/],
    ['mail by another way', { MAIL_URL: 'https://mail.example.org' }, /^MAIL_URL is not valid/],
    ['two senders', { MAIL_FROM: 'a@example.org, b@example.org' }, /^MAIL_FROM is not valid/],
    ['a sender with a header of its own', { MAIL_FROM: 'Desk\r\nBcc: x@y.z <a@example.org>' }, /^MAIL_FROM is not/],
    ['an event store of another kind', { EVENTSTORE_URL: 'kafka://x' }, /^EVENTSTORE_URL is not valid/],
    ['an event store without a name', { EVENTSTORE_URL: 'esdb://a.test:2113' }, /^EVENTSTORE_URL has no name/],
    [
      'an event store that swallows refusals',
      { EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false&Throw_On_AppendFailure=False' },
      /^EVENTSTORE_URL has throwOnAppendFailure=false/,
    ],
    [
      'a key file that is not there',
      { INSTALLATION_KEY: undefined, INSTALLATION_KEY_FILE: '/nowhere' },
      /can not be read/,
    ],
  ])('says in one sentence what to do about %s', (_, change, sentence) => {
    expect(() => loadConfiguration({ ...safe, ...change })).toThrow(ConfigurationError);
    expect(() => loadConfiguration({ ...safe, ...change })).toThrow(sentence);
  });

  it.each([
    ['no installation key', { INSTALLATION_KEY: undefined }],
    ['a short installation key', { INSTALLATION_KEY: 'c2hvcnQ=' }],
    ['calls without https', { OUTBOUND_PLAIN_HTTP: 'true' }],
    ['a typed installation key', { INSTALLATION_KEY: Buffer.alloc(32, 'ab').toString('base64') }],
    ['a default database password', { DATABASE_URL: 'postgres://desk:Postgres@db.internal/desk' }],
    ['the user name as database password', { DATABASE_URL: 'postgres://desk:desk@db.internal/desk' }],
    ['no database password', { DATABASE_URL: 'postgres://desk@db.internal/desk' }],
    ['an open Redis on the network', { REDIS_URL: 'redis://redis.internal' }],
    ['no public address', { PUBLIC_URL: undefined }],
    ['a repeated metrics token', { METRICS_TOKEN: 'aaaaaaaaaaaaaaaa' }],
    ['an EventStoreDB without TLS on another machine', { EVENTSTORE_URL: 'esdb://events.example.org:2113?tls=false' }],
    ['the default password of EventStoreDB', { EVENTSTORE_URL: 'esdb://admin:changeit@events.example.org:2113' }],
    ['mail without a sender', { MAIL_URL: 'smtps://desk:k3-Rr9-wwP@mail.example.org' }],
    ['a mail catcher', { MAIL_CATCHER_PORT: '2525' }],
    ['DEBUG', { DEBUG: 'express:*' }],
    ['a development NODE_ENV', { NODE_ENV: 'development' }],
    ['debug logs', { LOG_LEVEL: 'debug' }],
  ])('N6 a production start refuses %s', (_, change) => {
    expect(() => loadConfiguration({ ...safe, ...change })).toThrow(ConfigurationError);
  });

  it('N6 a production start refuses an unpatched Node unless told to', () => {
    const configuration = loadConfiguration(safe);
    const strict = { ...environment.parse(safe), ALLOW_UNPATCHED_NODE: false };
    expect(refuseUnsafeProduction(configuration, strict, '24.22.0')).toContain('24.22.1');
    expect(refuseUnsafeProduction(configuration, strict, '22.99.9')).toContain('24.22.1');
    expect(refuseUnsafeProduction(configuration, strict, '24.22.1')).toBeUndefined();
    expect(refuseUnsafeProduction(configuration, strict, '26.0.0')).toBeUndefined();
    expect(refuseUnsafeProduction(configuration, environment.parse(safe), '24.21.0')).toBeUndefined();
  });

  it('N6 never repeats a secret in a refusal', () => {
    const secret = 'hunter2-hunter2';
    expect(() => loadConfiguration({ ...safe, METRICS_TOKEN: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) as string }) as Error,
    );
  });

  it('embedded mode is allowed what a laptop has', () => {
    const laptop = {
      ...safe,
      LEDGERDESK_MODE: 'embedded',
      REDIS_URL: 'redis://127.0.0.1:1',
      PUBLIC_URL: undefined,
      PORT: '3100',
    };
    expect(loadConfiguration(laptop).http.publicUrl).toBe('http://localhost:3100');
  });

  it('derives a key of its own for every purpose', () => {
    const installation = Buffer.from(key, 'base64');
    expect(deriveKey(installation, 'a')).toHaveLength(32);
    expect(deriveKey(installation, 'a')).toEqual(deriveKey(installation, 'a'));
    expect(deriveKey(installation, 'a')).not.toEqual(deriveKey(installation, 'b'));
  });

  it('knows loopback in its spellings', () => {
    expect(['127.0.0.1', '127.9.9.9', 'localhost', '::1', '[::1]'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.evil.test', 'localhost.evil.test'].some(isLoopback)).toBe(false);
  });
});

describe('.env.example', () => {
  const text = readFileSync(join(__dirname, '../../../.env.example'), 'utf8');
  const lines = new Map(
    [...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']): [string, string] => [name, value]),
  );

  it('names every variable, with its default, and no other', () => {
    const expected = Object.entries(environment.shape).map(([name, schema]): [string, string] => {
      const fallback = schema.safeParse(undefined);
      return [name, fallback.success && fallback.data !== undefined ? String(fallback.data) : ''];
    });
    expect([...lines]).toEqual(expected);
  });

  it('says about each what it says in the code', () => {
    for (const schema of Object.values(environment.shape)) expect(text).toContain(schema.meta()?.description);
  });
});
