import { Redis } from 'ioredis';
import { Client } from 'pg';
import request, { type Response } from 'supertest';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { SendPasswordReset, SendPasswordResetHandler } from '@ledgerdesk/identity';
import { newId } from '@ledgerdesk/kernel';
import { Mailer } from '@ledgerdesk/mail';
import { eventually, present } from '@ledgerdesk/testing';
import { MailDesk, tokenIn } from './spec/mail-desk.js';
import { rowsWith } from './spec/erasure-desk.js';

const FIRST = 'ledgerdesk-demo';
const SECOND = 'three quiet boats at noon';

let mail: MailDesk;
let database: Client;

beforeAll(async () => {
  mail = await MailDesk.start();
  database = new Client({ connectionString: mail.desk.database.adminUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await mail.close();
});

function post(path: string, body: object, headers: Record<string, string> = {}): request.Test {
  return request(mail.desk.server).post(`/api/v1${path}`).set(headers).send(body);
}

const ask = (email: string, headers?: Record<string, string>): request.Test =>
  post('/auth/password-reset', { email }, headers);
const complete = (token: string, password = SECOND): request.Test =>
  post('/auth/password-reset/complete', { token, password });
const codeOf = ({ status, body }: Response): [number, unknown] => [status, (body as { code?: string }).code];
const VOID = [422, 'password-reset.void'];

/** The token of the newest of so many mails. */
async function tokenFor(email: string, count = 1): Promise<string> {
  await ask(email).expect(202);
  return tokenIn(await mail.mailTo(email, count), 'reset');
}

async function signsIn(email: string, password: string): Promise<boolean> {
  return (await post('/auth/login', { email, password })).status === 200;
}

describe('a new password by mail', () => {
  it('B17 comes with a link of our own address, works once, and ends all sessions', async () => {
    const email = 'samir@demo.test';
    const token = await mail.desk.tokenOf(email);
    await ask(email, { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' }).expect(202);
    const sent = await mail.mailTo(email);
    const link = tokenIn(sent, 'reset');
    expect(`${sent.raw}${sent.html}`).not.toContain('evil.example');

    await complete(link).expect(204);
    await eventually(async () => {
      await request(mail.desk.server).get('/api/v1/me').set('Authorization', `Bearer ${token}`).expect(401);
    });
    expect([await signsIn(email, FIRST), await signsIn(email, SECOND)]).toEqual([false, true]);
    // The answer may have been lost; the same again changes nothing, another password is refused.
    await complete(link).expect(204);
    expect(codeOf(await complete(link, 'another one of four words'))).toEqual(VOID);
    expect([await signsIn(email, 'another one of four words'), await signsIn(email, SECOND)]).toEqual([false, true]);
  });

  it('B17 is refused under the name of another site before anything is done', async () => {
    await ask('aiko@demo.test', { Host: 'evil.example' }).expect(421);
    expect(mail.mailsTo('aiko@demo.test')).toEqual([]);
  });

  it('B17 of two that are outstanding only the newer is good', async () => {
    const email = 'daniel@demo.test';
    const older = await tokenFor(email);
    const newer = await tokenFor(email, 2);
    expect(newer).not.toBe(older);
    expect(codeOf(await complete(older))).toEqual(VOID);
    const raced = await Promise.all(
      ['one of four words here', 'two of four words here'].map((p) => complete(newer, p)),
    );
    expect(raced.map(({ status }) => status).toSorted()).toEqual([204, 422]);
  });

  it('B17 is void after the password or the address was changed, and after half an hour', async () => {
    const email = 'aiko@demo.test';
    const session = await mail.desk.tokenOf(email);
    const first = await tokenFor(email);
    await post('/me/password', { current: FIRST, new: SECOND }, { Authorization: `Bearer ${session}` }).expect(204);
    expect(codeOf(await complete(first))).toEqual(VOID);

    const second = await tokenFor(email, 2);
    await database.query(`update account set email = 'aiko@new.test' where email = $1`, [email]);
    expect(codeOf(await complete(second))).toEqual(VOID);

    const third = await tokenFor('aiko@new.test');
    await database.query(`update password_reset set requested_at = requested_at - interval '31 minutes'`);
    expect(codeOf(await complete(third))).toEqual(VOID);
    expect(await signsIn('aiko@new.test', SECOND)).toBe(true);
  });

  it('is not mailed any more when it would be void on arrival', async () => {
    const late = newId();
    await database.query(
      `insert into password_reset_request (id, email, language, requested_at)
       values ($1, 'light@demo.test', 'en', now() - interval '31 minutes')`,
      [late],
    );
    await expect(handler().execute(new SendPasswordReset(late, newId()))).rejects.toMatchObject({
      code: 'password-reset.void',
    });
    expect(mail.mailsTo('light@demo.test')).toEqual([]);
  });

  it('L13 is the same mail when it is sent by two', async () => {
    const [requestId, outwardId] = [newId(), newId()];
    await database.query(
      `insert into password_reset_request (id, email, language) values ($1, 'light@demo.test', 'de')`,
      [requestId],
    );
    await Promise.allSettled([1, 2, 3].map(() => handler().execute(new SendPasswordReset(requestId, outwardId))));
    const mails = mail.mailsTo('light@demo.test');
    expect(mails.length).toBeGreaterThan(0);
    expect(present(mails[0]).messageId).toBe(`<${outwardId}@localhost>`);
    expect(new Set(mails.map(({ messageId, text }) => `${messageId} ${tokenIn({ text }, 'reset')}`)).size).toBe(1);
    expect(present(mails[0]).subject).toBe('Neues Passwort für Ledgerdesk');
  });

  it('refuses a password that everybody tries, and keeps the link good', async () => {
    const email = 'supervisor@demo.test';
    const token = await tokenFor(email);
    expect(codeOf(await complete(token, 'short'))).toEqual([422, 'password.too-short']);
    expect(codeOf(await complete(token, 'password12345'))).toEqual([422, 'password.too-common']);
    await complete(token).expect(204);
  });

  it('B17 has a token that stands nowhere: not in a table, in Redis or in a log', async () => {
    const token = await tokenFor('admin@demo.test');
    const [name = '', seal = ''] = token.split('.');
    expect(Object.keys(await rowsWith(database, name))).toContain('effect');
    expect(await rowsWith(database, seal)).toEqual({});
    expect([...mail.lines, ...mail.desk.logged].filter((line) => line.includes(seal))).toEqual([]);
    const redis = new Redis(mail.desk.redisUrl);
    try {
      const keys = await redis.keys('*');
      const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
      expect([...keys, ...dumps.map(String)].filter((text) => text.includes(seal))).toEqual([]);
    } finally {
      redis.disconnect();
    }
    await eventually(async () => {
      expect(await rowsWith(database, 'admin@demo.test')).toEqual({ account: 1, password_reset: 1 });
    });
  });
});

describe('asking for a new password', () => {
  it('B5 is answered alike for known and unknown addresses, and mails the unknown nothing', async () => {
    const [known, unknown] = [await ask('owner@demo.test'), await ask('nobody@example.com')];
    const seen = ({ status, text, headers }: Response): unknown => [
      status,
      text,
      Object.keys(headers).filter((name) => !name.startsWith('x-request')),
    ];
    expect(seen(known)).toEqual(seen(unknown));
    expect([known.status, known.text]).toEqual([202, '']);
    await mail.mailTo('owner@demo.test');
    await eventually(async () => {
      expect(await rowsWith(database, 'nobody@example.com')).toEqual({});
    });
    expect(mail.mailsTo('nobody@example.com')).toEqual([]);
  });

  it('B5 looks at no account before it answers, so its time can not tell', async () => {
    const holder = new Client({ connectionString: mail.desk.database.adminUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table account, account_seat, session in access exclusive mode');
      await ask('owner@globex.test').expect(202);
      await ask('nobody@example.org').expect(202);
    } finally {
      await holder.end();
    }
  });

  it('B3 F9 is counted before anything is looked up, for any address, and holds up nobody who signs in', async () => {
    for (const email of ['light@demo.test', 'nobody@example.net']) {
      const answers = await Promise.all(Array.from({ length: 12 }, () => ask(email)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(2);
      expect(codeOf(present(refused[0]))).toEqual([429, 'password-reset.too-many-attempts']);
      expect(Number(present(refused[0]).headers['retry-after'])).toBeGreaterThan(0);
    }
    expect(await signsIn('light@demo.test', FIRST)).toBe(true);
  });
});

function handler(): SendPasswordResetHandler {
  const configuration = mail.desk.app.get<Configuration>(CONFIGURATION);
  const url = `smtp://127.0.0.1:${String(mail.catcher.port)}`;
  const mailer = new Mailer({ ...configuration, mail: { ...present(configuration.mail), url } }, () => undefined);
  return new SendPasswordResetHandler(configuration, mailer, mail.desk.readStore);
}
