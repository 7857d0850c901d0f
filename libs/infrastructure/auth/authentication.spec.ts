import { randomBytes, randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { AccessTokens, Authentication, type Principal, type SeatClaim, type Seats } from './index.js';

const key = randomBytes(32);
const clock = { now: () => Date.now() };
const tokens = new AccessTokens(key, clock);
const jwt = new JwtService({});
const claim: SeatClaim = {
  accountId: randomUUID(),
  workspaceId: randomUUID(),
  memberId: randomUUID(),
  sessionId: randomUUID(),
};

function seatsThat(answer: (claim: SeatClaim) => Principal | undefined): Seats & { asked: number } {
  const seats = {
    asked: 0,
    current(asking: SeatClaim) {
      seats.asked += 1;
      return Promise.resolve(answer(asking));
    },
  };
  return seats;
}

const open = (asking: SeatClaim): Principal => ({ ...asking, role: 'agent' });
const verify = (token: string) => new Authentication(tokens, seatsThat(open)).verify(token);

function partsOf(token: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header = '', payload = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header) as never, payload: JSON.parse(payload) as never };
}

/** A token with a right signature and everything right but the given changes. */
function forged(changes: { header?: object; payload?: object; without?: string; key?: Buffer }): string {
  const { header, payload } = partsOf(tokens.issue(claim));
  const changed: Record<string, unknown> = { ...payload, ...changes.payload };
  if (changes.without) Reflect.deleteProperty(changed, changes.without);
  return jwt.sign(changed, { secret: changes.key ?? key, header: { ...header, ...changes.header } as never });
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

describe('authentication', () => {
  it('knows the member behind a token, with the role of now', async () => {
    const verified = await verify(tokens.issue(claim));
    expect(verified?.member).toEqual({ ...claim, role: 'agent' });
    expect(Math.abs((verified?.expiresAt ?? 0) - Date.now() - 900_000)).toBeLessThan(2_000);
    await expect(verify(forged({}))).resolves.toBeDefined();
  });

  it.each<[string, () => string]>([
    [
      'B14 algorithm none',
      () =>
        `${encoded({ ...partsOf(tokens.issue(claim)).header, alg: 'none' })}.${encoded(partsOf(tokens.issue(claim)).payload)}.`,
    ],
    ['B14 an empty signature', () => tokens.issue(claim).replace(/[^.]+$/, '')],
    ['B14 another HMAC algorithm', () => forged({ header: { alg: 'HS512' } })],
    ['B14 another type', () => forged({ header: { typ: 'at+jwt' } })],
    ['another key', () => forged({ key: randomBytes(32) })],
    [
      'a changed payload',
      () =>
        tokens
          .issue(claim)
          .replace(/\.[^.]+\./, `.${encoded({ ...partsOf(tokens.issue(claim)).payload, sub: randomUUID() })}.`),
    ],
    ['B15 a foreign kid', () => forged({ header: { kid: '../../dev/null' } })],
    ['B15 a kid with SQL', () => forged({ header: { kid: "' or 1=1 --" } })],
    ['B15 a jku header', () => forged({ header: { jku: 'https://evil.test/keys' } })],
    ['B15 a jwk header', () => forged({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
    ['B16 no expiry', () => forged({ without: 'exp' })],
    ['B16 no audience', () => forged({ without: 'aud' })],
    ['B16 no issuer', () => forged({ without: 'iss' })],
    ['B16 no session', () => forged({ without: 'session' })],
    ['B16 another audience', () => forged({ payload: { aud: 'ledgerdesk:widget' } })],
    ['B16 another issuer', () => forged({ payload: { iss: 'someone' } })],
    ['B16 an expiry a second ago', () => forged({ payload: { exp: seconds(-1) } })],
    ['B16 issued in the future', () => forged({ payload: { iat: seconds(90) } })],
    ['a claim that we do not write', () => forged({ payload: { role: 'owner' } })],
    ['no token', () => ''],
    ['a word', () => 'token'],
    ['a very long word', () => 'x'.repeat(100_000)],
  ])('refuses %s', async (_, token) => {
    await expect(verify(token())).resolves.toBeUndefined();
  });

  it('B16 forgives clocks that differ by less than a minute', async () => {
    await expect(verify(forged({ payload: { iat: seconds(50) } }))).resolves.toBeDefined();
  });

  it.each([-2, 2])(
    'L9 goes by the clock that all nodes share, when its own is wrong by %d minutes',
    async (minutes) => {
      const shared = { now: () => Date.now() + minutes * 60_000 };
      const theirs = new AccessTokens(key, shared);
      const here = new Authentication(theirs, seatsThat(open));
      await expect(here.verify(theirs.issue(claim))).resolves.toBeDefined();
      const until = (fromNow: number) =>
        forged({ payload: { iat: seconds(-900), exp: seconds(minutes * 60 + fromNow) } });
      await expect(here.verify(until(5))).resolves.toBeDefined();
      await expect(here.verify(until(-5))).resolves.toBeUndefined();
    },
  );

  it('refuses a valid token whose session has ended', async () => {
    await expect(
      new Authentication(
        tokens,
        seatsThat(() => undefined),
      ).verify(tokens.issue(claim)),
    ).resolves.toBeUndefined();
  });

  it('asks once for many simultaneous and following requests', async () => {
    const seats = seatsThat(open);
    const authentication = new Authentication(tokens, seats);
    const token = tokens.issue(claim);
    await Promise.all(Array.from({ length: 50 }, () => authentication.verify(token)));
    await authentication.verify(token);
    expect(seats.asked).toBe(1);
  });

  it('B9 asks again within five seconds', async () => {
    jest.useFakeTimers();
    // The remembered instant 0 would mean "for ever".
    jest.advanceTimersByTime(1);
    try {
      let ended = false;
      const seats = seatsThat((asking) => (ended ? undefined : open(asking)));
      const authentication = new Authentication(tokens, seats);
      const token = tokens.issue(claim);
      await expect(authentication.verify(token)).resolves.toBeDefined();
      ended = true;
      jest.advanceTimersByTime(5_000);
      await expect(authentication.verify(token)).resolves.toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not remember a failure of the database as a refusal', async () => {
    let down = true;
    const seats: Seats = {
      current: (asking) => (down ? Promise.reject(new Error('down')) : Promise.resolve(open(asking))),
    };
    const authentication = new Authentication(tokens, seats);
    const token = tokens.issue(claim);
    await expect(authentication.verify(token)).rejects.toThrow('down');
    down = false;
    await expect(authentication.verify(token)).resolves.toBeDefined();
  });
});
