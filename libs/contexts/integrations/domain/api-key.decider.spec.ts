import { given } from '@ledgerdesk/testing';
import { type ApiKeyWish, CreateApiKey, RevokeApiKey, RollApiKey } from './api-key.commands.js';
import { apiKeyDecider } from './api-key.decider.js';
import type { ApiKeyEvent } from './api-key.events.js';

const secret = { digest: 'd1', ending: 'aaaa' };
const next = { digest: 'd2', ending: 'bbbb' };
const wish: ApiKeyWish = { name: ' Shop ', scopes: ['tickets:read', 'tickets:read'], networks: [], expiresAt: null };
const DAY = 86_400_000;
const now = Date.parse('2026-11-20T12:00:00.000Z');
const at = { at: new Date(now).toISOString() };
const created = (expiresAt: string | null = null): ApiKeyEvent => ({
  type: 'ApiKeyCreated',
  data: { keyId: 'k1', memberId: 'm1', name: 'Shop', scopes: ['tickets:read'], networks: [], expiresAt, ...secret },
});
const revoked: ApiKeyEvent = { type: 'ApiKeyRevoked', data: {} };
const rolled = (previousGoodUntil: string): ApiKeyEvent => ({
  type: 'ApiKeyRolled',
  data: { ...next, previousEnding: 'aaaa', previousGoodUntil },
});

describe('an API key', () => {
  it('is created once, by a name that people see', () => {
    given(apiKeyDecider)
      .when(new CreateApiKey('k1', 'm1', wish, secret), at)
      .then(created());
    given(apiKeyDecider, created())
      .when(new CreateApiKey('k1', 'm1', wish, secret), at)
      .thenRefused('api-key.exists');
    expect(() => new CreateApiKey('k1', 'm1', { ...wish, name: '\u200b ' }, secret)).toThrow(/name/);
  });

  it('has not expired when it begins', () => {
    const until = (milliseconds: number) => ({ ...wish, expiresAt: new Date(now + milliseconds).toISOString() });
    given(apiKeyDecider)
      .when(new CreateApiKey('k1', 'm1', until(0), secret), at)
      .thenRefused('api-key.expiry-past');
    const later = new Date(now + 1).toISOString();
    given(apiKeyDecider)
      .when(new CreateApiKey('k1', 'm1', until(1), secret), at)
      .then(created(later));
  });

  it.each([
    [0, 0],
    [3, 3],
    [24, 24],
    [25, 24],
  ])('C6 is rolled by the member who made it, with an overlap of %d hours that is at most %d', (asked, hours) => {
    given(apiKeyDecider, created())
      .when(new RollApiKey('k1', 'm1', next, asked), at)
      .then(rolled(new Date(now + hours * 3_600_000).toISOString()));
  });

  it('C6 gives its secret to nobody else', () => {
    given(apiKeyDecider, created())
      .when(new RollApiKey('k1', 'm2', next, 0), at)
      .thenRefused('api-key.not-yours');
  });

  it('is not rolled when it is over', () => {
    const roll = new RollApiKey('k1', 'm1', next, 0);
    given(apiKeyDecider, created(), revoked).when(roll, at).thenRefused('api-key.over');
    const past = created(new Date(now - DAY).toISOString());
    given(apiKeyDecider, past).when(roll, at).thenRefused('api-key.over');
  });

  it('is revoked once', () => {
    given(apiKeyDecider, created()).when(new RevokeApiKey('k1'), at).then(revoked);
    given(apiKeyDecider, created(), revoked).when(new RevokeApiKey('k1'), at).thenNothing();
  });

  it('is unknown before', () => {
    given(apiKeyDecider).when(new RevokeApiKey('k1'), at).thenRefused('api-key.not-found');
    given(apiKeyDecider)
      .when(new RollApiKey('k1', 'm1', next, 0), at)
      .thenRefused('api-key.not-found');
  });

  it('remembers the secret before the last roll, and no older one', () => {
    const twice = given(apiKeyDecider, created(), rolled('2026-11-21T00:00:00.000Z'), {
      type: 'ApiKeyRolled',
      data: { digest: 'd3', ending: 'cccc', previousEnding: 'bbbb', previousGoodUntil: '2026-11-22T00:00:00.000Z' },
    }).state();
    expect(twice).toMatchObject({
      secret: { digest: 'd3', ending: 'cccc' },
      previous: { digest: 'd2', goodUntil: '2026-11-22T00:00:00.000Z' },
    });
  });
});
