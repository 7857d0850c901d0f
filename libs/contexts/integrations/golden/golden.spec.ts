import { join } from 'node:path';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { ApiKeyEvent } from '../domain/api-key.events.js';

const DIGEST = 'q0F1b6vG9mS1aC7cVYbJ4m3vGkq7d9u2wXoT5sZpLhE';

const apiKey: { readonly [Type in ApiKeyEvent['type']]: Extract<ApiKeyEvent, { type: Type }>['data'] } = {
  ApiKeyCreated: {
    keyId: '00000000-0000-7000-8000-0000000000c1',
    memberId: '00000000-0000-7000-8000-0000000000a1',
    name: 'Shop: new orders',
    scopes: ['tickets:write', 'customers:read'],
    networks: ['203.0.113.0/24'],
    expiresAt: '2027-11-20T00:00:00.000Z',
    digest: DIGEST,
    ending: 'q7Xz',
  },
  ApiKeyRolled: {
    digest: Array.from(DIGEST).reverse().join(''),
    ending: 'Zb3k',
    previousEnding: 'q7Xz',
    previousGoodUntil: '2026-11-21T09:12:00.000Z',
  },
  ApiKeyRevoked: {},
};

describeGoldenEvents(join(__dirname, 'golden.json'), { apikey: apiKey });
