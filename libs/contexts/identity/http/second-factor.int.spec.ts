import request from 'supertest';
import { authenticatorCode, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { nameId } from '@ledgerdesk/kernel';
import { Accounts } from '../accounts.js';
import { Sessions } from '../sessions/sessions.js';
import { enrol, get, outcome, PASSWORD, post, signIn, somebody, timePasses, tryToSignIn } from './spec/people.js';

const REFUSED = [401, 'sign-in.refused'];
const OTHER = 'three quiet boats at noon';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const withCode = (email: string, code: string): object => ({ email, password: PASSWORD, code });
const wrongFor = (secret: string): string => {
  const right = [-2, -1, 0, 1, 2].map((steps) => authenticatorCode(secret, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? '';
};

describe('setting up a second factor', () => {
  it('B9 takes the password and a code, tells ten backup codes, and ends all other sessions', async () => {
    const email = await somebody(desk);
    const [here, elsewhere] = [await signIn(desk, email), await signIn(desk, email)];
    const begin = (password: string) => post(desk, here, '/me/second-factor/begin', { password });
    expect(outcome(await begin('wrong'))).toEqual([422, 'proof.refused']);
    expect(outcome(await post(desk, here, '/me/second-factor/confirm', { code: '000000' }))).toEqual([
      409,
      'second-factor.not-begun',
    ]);
    const { body } = await begin(PASSWORD);
    const { secret, address } = body as { secret: string; address: string };
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(address).searchParams.get('secret')).toBe(secret);
    expect(outcome(await post(desk, here, '/me/second-factor/confirm', { code: 'no code' }))).toEqual([
      422,
      'second-factor.wrong-code',
    ]);
    expect((await get(desk, here, '/me/second-factor')).body).toEqual({ since: null, backupCodesLeft: 0 });
    expect((await tryToSignIn(desk, { email, password: PASSWORD })).status).toBe(200);

    const { backupCodes } = await enrol(desk, here);
    expect(new Set(backupCodes).size).toBe(10);
    expect((await get(desk, here, '/me/second-factor')).body).toMatchObject({ backupCodesLeft: 10 });
    const refresh = (cookie: string) => request(desk.server).post('/api/v1/auth/refresh').set('Cookie', cookie);
    expect(outcome(await refresh(elsewhere.refresh))).toEqual([401, 'session.ended']);
    expect((await refresh(here.refresh)).status).toBe(200);
    expect(outcome(await begin(PASSWORD))).toEqual([422, 'proof.refused']);
  });

  it('B9 lets nobody in who has shown the password alone a moment before', async () => {
    const email = await somebody(desk);
    const accounts = new Accounts(desk.readStore);
    const before = await accounts.byEmail(email);
    await enrol(desk, await signIn(desk, email));
    const [seat] = await accounts.seatsOf(nameId('test', email));
    if (!seat || !before) throw new Error('There is no seat.');
    const opening = { userAgent: null, network: null, provedBy: ['pwd'] as const };
    const open = (passwordGeneration: number) => desk.app.get(Sessions).open(seat, { ...opening, passwordGeneration });
    await expect(open(before.passwordGeneration)).resolves.toBeUndefined();
  });

  it('D14 leaves neither secrets nor codes where they could be read', async () => {
    const email = await somebody(desk);
    const { secret, backupCodes } = await enrol(desk, await signIn(desk, email));
    const rows = await desk.readStore.global((sql) =>
      sql.rows(`select encode(sealed_secret, 'hex') as secret, (select string_agg(encode(digest, 'hex'), ' ') from backup_code) as codes
                from second_factor`),
    );
    const kept = JSON.stringify(rows) + desk.logged.join('\n');
    const words = backupCodes.flatMap((code) => [code, code.replace('-', ''), Buffer.from(code).toString('hex')]);
    for (const word of [secret, Buffer.from(secret).toString('hex'), ...words]) expect(kept).not.toContain(word);
  });
});

describe('signing in with a second factor', () => {
  it('B5 B6 B12 answers a right password without a code, or with a wrong one, like a wrong password', async () => {
    const email = await somebody(desk);
    const { secret } = await enrol(desk, await signIn(desk, email));
    const seen = async (body: object): Promise<object> => {
      const { status, headers, body: said } = await tryToSignIn(desk, body);
      const { date: _, 'x-request-id': __, ...rest } = headers as Record<string, string>;
      const { requestId: ___, ...told } = said as Record<string, unknown>;
      return { status, rest, told };
    };
    const wrongPassword = await seen({ email, password: 'wrong' });
    expect(wrongPassword).toMatchObject({ status: 401, told: { code: 'sign-in.refused' } });
    expect(await seen({ email, password: PASSWORD })).toEqual(wrongPassword);
    expect(await seen(withCode(email, wrongFor(secret)))).toEqual(wrongPassword);
    expect(await seen({ email, password: 'wrong', code: authenticatorCode(secret) })).toEqual(wrongPassword);
    expect(await seen({ email: 'nobody@example.com', password: PASSWORD, code: '123456' })).toEqual(wrongPassword);
    const { token } = await signIn(desk, email, authenticatorCode(secret));
    expect(claimsOf(token)).toMatchObject({ amr: ['pwd', 'otp'] });
  });

  it('B6 counts the attempt of a right password without a code like that of a wrong one', async () => {
    const email = await somebody(desk);
    await enrol(desk, await signIn(desk, email));
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      statuses.push((await tryToSignIn(desk, { email, password: PASSWORD })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  }, 60_000);

  it('takes a code that nobody asked for as none', async () => {
    const email = await somebody(desk);
    const { token } = await signIn(desk, email, '000000');
    expect(claimsOf(token)).toMatchObject({ amr: ['pwd'] });
  });

  it('B10 takes a code once, however it is repeated', async () => {
    const email = await somebody(desk);
    const { secret } = await enrol(desk, await signIn(desk, email));
    const code = authenticatorCode(secret);
    expect((await tryToSignIn(desk, withCode(email, code))).status).toBe(200);
    expect(outcome(await tryToSignIn(desk, withCode(email, code)))).toEqual(REFUSED);
    expect(outcome(await tryToSignIn(desk, withCode(email, authenticatorCode(secret, -1))))).toEqual(REFUSED);
    expect((await tryToSignIn(desk, withCode(email, authenticatorCode(secret, 1)))).status).toBe(200);
  });

  it('B13 takes a backup code once, of those who show it at the same moment one', async () => {
    const email = await somebody(desk);
    const here = await signIn(desk, email);
    const { secret, backupCodes } = await enrol(desk, here);
    const [first = '', second = ''] = backupCodes;
    const answers = await Promise.all(Array.from({ length: 5 }, () => tryToSignIn(desk, withCode(email, first))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
    await timePasses(desk);
    expect(outcome(await tryToSignIn(desk, withCode(email, first)))).toEqual(REFUSED);
    expect((await tryToSignIn(desk, withCode(email, ` ${second.toUpperCase()} `))).status).toBe(200);
    expect((await get(desk, here, '/me/second-factor')).body).toMatchObject({ backupCodesLeft: 8 });

    const renewed = await post(desk, here, '/me/second-factor/backup-codes', {
      password: PASSWORD,
      code: authenticatorCode(secret),
    });
    expect((renewed.body as { backupCodes: string[] }).backupCodes).toHaveLength(10);
    expect(outcome(await tryToSignIn(desk, withCode(email, backupCodes[2] ?? '')))).toEqual(REFUSED);
  });

  it('B4 B11 looks at five codes of an account, in whatever order people sign in between', async () => {
    const email = await somebody(desk);
    const { secret } = await enrol(desk, await signIn(desk, email));
    const wrong = wrongFor(secret);
    for (let guess = 0; guess < 3; guess += 1) {
      expect(outcome(await tryToSignIn(desk, withCode(email, wrong)))).toEqual(REFUSED);
    }
    expect((await tryToSignIn(desk, withCode(email, authenticatorCode(secret)))).status).toBe(200);
    for (let guess = 0; guess < 2; guess += 1) {
      expect(outcome(await tryToSignIn(desk, { email, password: 'wrong', code: wrong }))).toEqual(REFUSED);
    }
    const late = await tryToSignIn(desk, withCode(email, authenticatorCode(secret, 1)));
    expect(outcome(late)).toEqual([429, 'sign-in.too-many-attempts']);
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(800);
    expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(900);
  });

  it('B11 looks at five at once, and leaves their owner attempts on a device that they have used before', async () => {
    const email = await somebody(desk);
    const { secret } = await enrol(desk, await signIn(desk, email));
    const { device } = await signIn(desk, email, authenticatorCode(secret));
    await timePasses(desk);
    const guesses = await Promise.all(
      Array.from({ length: 8 }, () => tryToSignIn(desk, withCode(email, wrongFor(secret)))),
    );
    expect(guesses.map(({ status }) => status).toSorted()).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect((await tryToSignIn(desk, withCode(email, authenticatorCode(secret)), device)).status).toBe(200);
  });

  it('B11 looks at no code of strangers any more after a hundred wrong ones, however slowly they came', async () => {
    const email = await somebody(desk);
    const here = await signIn(desk, email);
    const { secret } = await enrol(desk, here);
    const { device } = await signIn(desk, email, authenticatorCode(secret));
    const wrongCodes = async (): Promise<unknown> =>
      (
        await desk.readStore.global((sql) =>
          sql.rows('select wrong_codes as count from second_factor where account_id = $1', [nameId('test', email)]),
        )
      )[0];
    expect((await tryToSignIn(desk, withCode(email, wrongFor(secret)))).status).toBe(401);
    expect((await tryToSignIn(desk, { email, password: 'wrong', code: wrongFor(secret) })).status).toBe(401);
    expect(await wrongCodes()).toEqual({ count: 1 });
    await desk.readStore.global((sql) =>
      sql.rows('update second_factor set wrong_codes = 100 where account_id = $1', [nameId('test', email)]),
    );
    await timePasses(desk);
    expect(outcome(await tryToSignIn(desk, withCode(email, authenticatorCode(secret))))).toEqual(REFUSED);
    expect((await tryToSignIn(desk, withCode(email, authenticatorCode(secret)), device)).status).toBe(200);
    expect(await wrongCodes()).toEqual({ count: 0 });
  });
});

describe('with a second factor', () => {
  it('B12 the password is changed with a code only, and repeating it is safe', async () => {
    const email = await somebody(desk);
    const here = await signIn(desk, email);
    const { secret } = await enrol(desk, here);
    const change = (code?: string) => post(desk, here, '/me/password', { current: PASSWORD, new: OTHER, code });
    expect(outcome(await change())).toEqual([422, 'password.refused']);
    expect(outcome(await change(wrongFor(secret)))).toEqual([422, 'password.refused']);
    const code = authenticatorCode(secret);
    expect((await change(code)).status).toBe(204);
    expect((await change(code)).status).toBe(204);
  });

  it('B12 it is turned off with password and code only; then the password opens the door', async () => {
    const email = await somebody(desk);
    const here = await signIn(desk, email);
    const { secret } = await enrol(desk, here);
    const off = (body: object) => post(desk, here, '/me/second-factor/off', body);
    expect(outcome(await off({ password: PASSWORD }))).toEqual([422, 'proof.refused']);
    expect(outcome(await off({ password: 'wrong', code: authenticatorCode(secret) }))).toEqual([422, 'proof.refused']);
    expect((await off({ password: PASSWORD, code: authenticatorCode(secret) })).status).toBe(204);
    expect((await off({ password: PASSWORD })).status).toBe(204);
    expect((await tryToSignIn(desk, { email, password: PASSWORD })).status).toBe(200);
  });

  it('B4 guesses inside are counted, five codes at a time, and hold up nobody at the front door', async () => {
    const email = await somebody(desk);
    const here = await signIn(desk, email);
    const { secret } = await enrol(desk, here);
    const guess = { password: PASSWORD, code: wrongFor(secret) };
    for (let round = 0; round < 5; round += 1) {
      expect(outcome(await post(desk, here, '/me/second-factor/off', guess))).toEqual([422, 'proof.refused']);
    }
    expect(outcome(await post(desk, here, '/auth/step-up', guess))).toEqual([429, 'proof.too-many-attempts']);
    expect((await tryToSignIn(desk, withCode(email, authenticatorCode(secret)))).status).toBe(200);
  });
});

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
