import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { JwtService } from '@nestjs/jwt';
import { AccessTokens, Authentication, type Principal, type Proof, type SeatClaim, type Seats } from './index.js';
import { KEY_SECONDS, TokenKeys } from './token-keys.js';

const keys = new TokenKeys(randomBytes(32));
const clock = { now: () => Date.now() };
const tokens = new AccessTokens(keys, clock);
const proof: Proof = { at: Math.floor(Date.now() / 1000) * 1000, by: ['pwd', 'otp'] };
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicText = publicKey.export({ type: 'spki', format: 'pem' }).toString();
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
  const { header, payload } = partsOf(tokens.issue(claim, proof));
  const changed: Record<string, unknown> = { ...payload, ...changes.payload };
  if (changes.without) Reflect.deleteProperty(changed, changes.without);
  const key = changes.key ?? keys.signingAt(Date.now() / 1000).key;
  return jwt.sign(changed, { secret: key, header: { ...header, ...changes.header } as never });
}

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

describe('authentication', () => {
  it('knows the member behind a token, with the role of now', async () => {
    const verified = await verify(tokens.issue(claim, proof));
    expect(verified?.member).toEqual({ ...claim, role: 'agent' });
    expect(verified?.proof).toEqual(proof);
    expect(Math.abs((verified?.expiresAt ?? 0) - Date.now() - 900_000)).toBeLessThan(2_000);
    await expect(verify(forged({}))).resolves.toBeDefined();
  });

  describe('B14 B15 B16 a forged token', () => {
    it.each([
      [
        'B14 algorithm none',
        () =>
          `${encoded({ ...partsOf(tokens.issue(claim, proof)).header, alg: 'none' })}.${encoded(partsOf(tokens.issue(claim, proof)).payload)}.`,
      ],
      ['B14 an empty signature', () => tokens.issue(claim, proof).replace(/[^.]+$/, '')],
      ['B14 another HMAC algorithm', () => forged({ header: { alg: 'HS512' } })],
      ['B14 an HMAC under a public key', () => forged({ key: Buffer.from(publicText) })],
      [
        'B14 a signature with a key pair of somebody',
        () => jwt.sign(partsOf(tokens.issue(claim, proof)).payload, { privateKey, algorithm: 'RS256' }),
      ],
      ['B14 another type', () => forged({ header: { typ: 'at+jwt' } })],
      ['another key', () => forged({ key: randomBytes(32) })],
      [
        'a changed payload',
        () =>
          tokens
            .issue(claim, proof)
            .replace(
              /\.[^.]+\./,
              `.${encoded({ ...partsOf(tokens.issue(claim, proof)).payload, sub: randomUUID() })}.`,
            ),
      ],
      ['B15 a foreign kid', () => forged({ header: { kid: '../../dev/null' } })],
      ['B15 a kid with SQL', () => forged({ header: { kid: "' or 1=1 --" } })],
      ['B15 an address as kid', () => forged({ header: { kid: 'http://127.0.0.1:1/key' } })],
      ['B15 no kid', () => forged({ header: { kid: undefined } })],
      ['B15 an x5u header', () => forged({ header: { x5u: 'https://evil.test/chain' } })],
      ['B15 a jku header', () => forged({ header: { jku: 'https://evil.test/keys' } })],
      ['B15 a jwk header', () => forged({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
      ['B16 no expiry', () => forged({ without: 'exp' })],
      ['B16 no audience', () => forged({ without: 'aud' })],
      ['B16 no issuer', () => forged({ without: 'iss' })],
      ['B16 no moment of proof', () => forged({ without: 'auth_time' })],
      ['B16 a way of proof that is none', () => forged({ payload: { amr: ['none'] } })],
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
  });

  it('B16 forgives clocks that differ by less than a minute', async () => {
    await expect(verify(forged({ payload: { iat: seconds(50) } }))).resolves.toBeDefined();
  });

  it('B15 asks nobody for a key, whatever the header says', async () => {
    const asked = jest.spyOn(Socket.prototype, 'connect');
    try {
      for (const header of [
        { jku: 'http://127.0.0.1:1/' },
        { x5u: 'http://127.0.0.1:1/' },
        { kid: 'http://[::1]:1/' },
      ]) {
        await expect(verify(forged({ header }))).resolves.toBeUndefined();
      }
      expect(asked).not.toHaveBeenCalled();
    } finally {
      asked.mockRestore();
    }
  });

  describe('signs with another key every day', () => {
    const MIDNIGHT = Math.ceil(Date.now() / 1000 / KEY_SECONDS) * KEY_SECONDS;
    let now: number;
    const turning = new AccessTokens(keys, { now: () => now * 1000 });
    const kidAt = (moment: number): unknown => {
      now = moment;
      return partsOf(turning.issue(claim, proof)).header.kid;
    };

    it('the same on every node, until midnight', () => {
      expect(kidAt(MIDNIGHT - KEY_SECONDS)).toBe(kidAt(MIDNIGHT - 1));
      expect(kidAt(MIDNIGHT)).not.toBe(kidAt(MIDNIGHT - 1));
    });

    it('and takes the one of yesterday as long as its last tokens live', async () => {
      now = MIDNIGHT - 1;
      const issued = turning.issue(claim, proof);
      const later = new Authentication(turning, seatsThat(open));
      now = MIDNIGHT + 890;
      await expect(later.verify(issued)).resolves.toBeDefined();
      const kept = forgedAt(MIDNIGHT - 1, MIDNIGHT + KEY_SECONDS);
      now = MIDNIGHT + 905;
      await expect(later.verify(kept)).resolves.toBeUndefined();
    });

    it('and takes none of tomorrow, but for clocks that differ by less than a minute', async () => {
      const ahead = forgedAt(MIDNIGHT, MIDNIGHT + 900);
      now = MIDNIGHT - 120;
      await expect(new Authentication(turning, seatsThat(open)).verify(ahead)).resolves.toBeUndefined();
      now = MIDNIGHT - 30;
      await expect(new Authentication(turning, seatsThat(open)).verify(ahead)).resolves.toBeDefined();
    });

    /** Signed with the key of a moment, and good for longer than we ever say. */
    function forgedAt(moment: number, exp: number): string {
      now = moment;
      const { header, payload } = partsOf(turning.issue(claim, proof));
      return jwt.sign(
        { ...payload, iat: MIDNIGHT - 120, exp },
        { secret: keys.signingAt(moment).key, header: header as never },
      );
    }
  });

  it.each([-2, 2])(
    'L9 goes by the clock that all nodes share, when its own is wrong by %d minutes',
    async (minutes) => {
      const shared = { now: () => Date.now() + minutes * 60_000 };
      const theirs = new AccessTokens(keys, shared);
      const here = new Authentication(theirs, seatsThat(open));
      await expect(here.verify(theirs.issue(claim, proof))).resolves.toBeDefined();
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
      ).verify(tokens.issue(claim, proof)),
    ).resolves.toBeUndefined();
  });

  it('takes a proof for fresh for ten minutes', () => {
    const authentication = new Authentication(tokens, seatsThat(open));
    const ago = (secondsAgo: number): Proof => ({ at: Date.now() - secondsAgo * 1000, by: ['pwd'] });
    expect([0, 590, 610].map((secondsAgo) => authentication.isFresh(ago(secondsAgo)))).toEqual([true, true, false]);
  });

  it('lets who has to set something up first do that, and nothing else', async () => {
    const lacking = seatsThat((asking) => ({ ...open(asking), mustSetUp: 'second-factor' }));
    const authentication = new Authentication(tokens, lacking);
    const token = tokens.issue(claim, proof);
    await expect(authentication.verify(token)).resolves.toBeUndefined();
    await expect(authentication.recognise(token)).resolves.toMatchObject({ member: { mustSetUp: 'second-factor' } });
  });

  it('asks once for many simultaneous and following requests', async () => {
    const seats = seatsThat(open);
    const authentication = new Authentication(tokens, seats);
    const token = tokens.issue(claim, proof);
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
      const token = tokens.issue(claim, proof);
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
    const token = tokens.issue(claim, proof);
    await expect(authentication.verify(token)).rejects.toThrow('down');
    down = false;
    await expect(authentication.verify(token)).resolves.toBeDefined();
  });
});
