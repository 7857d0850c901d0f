import { authenticatorCode, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { nameId } from '@ledgerdesk/kernel';
import request from 'supertest';
import { enrol, get, outcome, PASSWORD, post, type Signed, signIn, somebody, timePasses } from './spec/people.js';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

/** The same session, continued after so many minutes in which nobody has shown anything. */
async function minutesLater({ refresh }: Signed, email: string, minutes: number): Promise<Pick<Signed, 'token'>> {
  await desk.readStore.global((sql) =>
    sql.rows(`update session set proved_at = proved_at - make_interval(mins => $2) where account_id = $1`, [
      nameId('test', email),
      minutes,
    ]),
  );
  const { status, body } = await request(desk.server).post('/api/v1/auth/refresh').set('Cookie', refresh);
  expect(status).toBe(200);
  return { token: (body as { accessToken: string }).accessToken };
}

/** What can not be taken back. The seats do not exist: nobody is harmed by who is let through. */
const NOBODY = '01936c0e-7a00-7000-8000-00000000dead';
const DANGEROUS: readonly (readonly [string, string, object])[] = [
  ['eraseCustomer', `/customers/${NOBODY}/erasure`, { reason: 'person_asked' }],
  ['eraseMember', `/members/${NOBODY}/erasure`, { reason: 'person_asked' }],
  ['exportLedger', '/ledger/exports', { passphrase: 'short' }],
  ['changeSecurityPolicy', '/workspace/security', { secondFactor: 'optional' }],
];
const stepUpRequired = [403, 'auth.step-up-required'];

describe('a fresh proof', () => {
  it.each(DANGEROUS)('B12 is asked for by %s, and continuing a session is none', async (_, path, body) => {
    const email = await somebody(desk, 'owner');
    const signed = await signIn(desk, email);
    expect(outcome(await post(desk, signed, path, body))).not.toEqual(stepUpRequired);
    const later = await minutesLater(signed, email, 11);
    expect(outcome(await post(desk, later, path, body))).toEqual(stepUpRequired);
    expect((await get(desk, later, '/tickets')).status).toBe(200);
    const { status, body: stepped } = await post(desk, later, '/auth/step-up', { password: PASSWORD });
    expect(status).toBe(200);
    const { accessToken } = stepped as { accessToken: string };
    expect(outcome(await post(desk, { token: accessToken }, path, body))).not.toEqual(stepUpRequired);
    // What was shown before is as old as it was.
    expect(outcome(await post(desk, later, path, body))).toEqual(stepUpRequired);
  });

  it('B12 is asked for by nothing within ten minutes, and not of those who may not anyway', async () => {
    const email = await somebody(desk, 'agent');
    const later = await minutesLater(await signIn(desk, email), email, 11);
    expect(outcome(await post(desk, later, '/ledger/exports', {}))).toEqual([403, 'auth.forbidden']);
    const owner = await somebody(desk, 'owner');
    const soon = await minutesLater(await signIn(desk, owner), owner, 9);
    expect((await post(desk, soon, '/workspace/security', { secondFactor: 'optional' })).status).toBe(200);
  });

  it('B12 takes a code where there is a second factor, and stays with the session', async () => {
    const email = await somebody(desk, 'owner');
    const first = await signIn(desk, email);
    const { secret } = await enrol(desk, first);
    const signed = await signIn(desk, email, authenticatorCode(secret));
    await timePasses(desk);
    const later = await minutesLater(signed, email, 60);
    const stepUp = (body: object) => post(desk, later, '/auth/step-up', body);
    expect(outcome(await stepUp({ password: PASSWORD }))).toEqual([422, 'proof.refused']);
    expect(outcome(await stepUp({ password: 'wrong', code: authenticatorCode(secret) }))).toEqual([
      422,
      'proof.refused',
    ]);
    expect((await stepUp({ password: PASSWORD, code: authenticatorCode(secret) })).status).toBe(200);
  });

  it('B3 B4 is guessed at ten times at most, and strangers at the front door do not use that up', async () => {
    const email = await somebody(desk);
    const signed = await signIn(desk, email);
    const outcomes = [];
    for (let guess = 0; guess < 11; guess += 1) {
      outcomes.push((await post(desk, signed, '/auth/step-up', { password: 'wrong' })).status);
    }
    expect(outcomes).toEqual([...Array<number>(10).fill(422), 429]);
    expect((await post(desk, signed, '/auth/step-up', { password: PASSWORD })).status).toBe(429);
    await signIn(desk, email);
  });
});
