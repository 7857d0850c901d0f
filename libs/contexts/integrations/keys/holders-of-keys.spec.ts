import { randomUUID } from 'node:crypto';
import { type EventCodec, type StoredEvent, StreamNotFound, streamName } from '@ledgerdesk/event-store';
import { present } from '@ledgerdesk/testing';
import type { Directory, Member } from '@ledgerdesk/workspaces';
import type { ApiKeyEvent } from '../domain/api-key.events.js';
import { HoldersOfKeys } from './holders-of-keys.js';
import { KeySecrets } from './key-secrets.js';
import { readKey, writeKey } from './key-text.js';

const workspaceId = randomUUID();
const keyId = randomUUID();
const memberId = randomUUID();
const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const IP = '192.0.2.7';
const secrets = new KeySecrets(Buffer.alloc(32, 7));
const first = secrets.mint(workspaceId, keyId);
const second = secrets.mint(workspaceId, keyId);
const owner: Member = { memberId, accountId: randomUUID(), role: 'owner', status: 'active', erasure: 'none' };

type VersionedWorkspace = Awaited<ReturnType<Directory['workspace']>>;
type Facts = Extract<ApiKeyEvent, { type: 'ApiKeyCreated' }>['data'];
const created = (facts: Partial<Facts> = {}): ApiKeyEvent => ({
  type: 'ApiKeyCreated',
  data: {
    ...{ keyId, memberId, name: 'Shop', scopes: ['tickets:read'], networks: [], expiresAt: null, ...first.secret },
    ...facts,
  },
});
const instant = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();
const rolled = (previousGoodUntil: string): ApiKeyEvent => ({
  type: 'ApiKeyRolled',
  data: { ...second.secret, previousEnding: first.secret.ending, previousGoodUntil },
});

/** Everything around it, small enough to change while it runs. */
function world(...events: readonly ApiKeyEvent[]) {
  const around = {
    events: [...events],
    member: owner as Member | undefined,
    workspace: undefined as VersionedWorkspace | undefined,
    now: NOW,
    reads: 0,
    noted: [] as string[],
  };
  const stream = streamName('apikey', workspaceId, keyId);
  const holders = new HoldersOfKeys({
    ledger: {
      read: (asked: string) => {
        around.reads += 1;
        if (asked !== stream) return Promise.reject(new StreamNotFound(asked));
        return Promise.resolve(
          around.events.map((event) => ({
            ...event,
            metadata: { occurredAt: instant(-60) },
          })) as unknown as StoredEvent[],
        );
      },
    },
    codec: { sealedView: (stored: readonly StoredEvent[]) => stored } as unknown as Pick<EventCodec, 'sealedView'>,
    directory: {
      member: (_, id) => Promise.resolve(id === memberId ? around.member : undefined),
      workspace: () => Promise.resolve(around.workspace),
    },
    rights: { of: (_, { role }) => Promise.resolve(role === 'agent' ? { role, confinedTo: ['t1'] } : { role }) },
    secrets,
    uses: { note: (_, id) => around.noted.push(id) },
    clock: { now: () => around.now },
  });
  return { around, holder: (key = first.text, ip = IP) => holders.holder(key, ip) };
}

describe('the holder of an API key', () => {
  it('is the member who made it, with the role of now and the scopes that exist', async () => {
    const { holder, around } = world(created({ scopes: ['tickets:read', 'gone:write'] }));
    around.member = { ...owner, role: 'agent' };
    await expect(holder()).resolves.toEqual({
      workspaceId,
      memberId,
      accountId: owner.accountId,
      sessionId: keyId,
      role: 'agent',
      confinedTo: ['t1'],
      key: { id: keyId, scopes: ['tickets:read'] },
    });
    expect(around.noted).toEqual([keyId]);
  });

  it('says that the workspace is suspended, so that the key may read and no more', async () => {
    const { holder, around } = world(created());
    around.workspace = { suspension: { reason: 'unpaid' } } as unknown as VersionedWorkspace;
    await expect(holder()).resolves.toMatchObject({ isSuspended: true });
  });

  it('A15 is nobody for a key that was never made, of another workspace, or with another secret', async () => {
    const { holder } = world(created());
    const parts = present(readKey(first.text));
    await expect(holder(second.text)).resolves.toBeUndefined();
    await expect(holder(writeKey({ ...parts, workspaceId: randomUUID() }))).resolves.toBeUndefined();
    await expect(holder(writeKey({ ...parts, keyId: randomUUID() }))).resolves.toBeUndefined();
    await expect(holder(`${first.text.slice(0, -1)}!`)).resolves.toBeUndefined();
    await expect(holder('ldk_live_')).resolves.toBeUndefined();
    const elsewhere = new KeySecrets(Buffer.alloc(32, 8));
    expect(elsewhere.digestOf(parts)).not.toBe(secrets.digestOf(parts));
  });

  it('C6 is nobody when the key was revoked, or its member can not sign in any more', async () => {
    await expect(world(created(), { type: 'ApiKeyRevoked', data: {} }).holder()).resolves.toBeUndefined();
    for (const member of [undefined, { ...owner, status: 'deactivated' as const }, { ...owner, accountId: null }]) {
      const { holder, around } = world(created());
      around.member = member;
      await expect(holder()).resolves.toBeUndefined();
      expect(around.noted).toEqual([]);
    }
  });

  it('is nobody from the moment at which the key expires', async () => {
    const { holder, around } = world(created({ expiresAt: instant(60) }));
    around.now = NOW + 59_999;
    await expect(holder()).resolves.toBeDefined();
    around.now = NOW + 60_000;
    await expect(holder()).resolves.toBeUndefined();
  });

  it('has two secrets while they overlap, and never more', async () => {
    const { holder, around } = world(created(), rolled(instant(60)));
    await expect(holder(second.text)).resolves.toBeDefined();
    await expect(holder(first.text)).resolves.toBeDefined();
    around.now = NOW + 60_000;
    await expect(holder(first.text)).resolves.toBeUndefined();
    await expect(holder(second.text)).resolves.toBeDefined();
    await expect(world(created(), rolled(instant(0))).holder(first.text)).resolves.toBeUndefined();
  });

  it('an overlap does not outlive the key', async () => {
    const { holder, around } = world(created({ expiresAt: instant(30) }), rolled(instant(60)));
    await expect(holder(first.text)).resolves.toBeDefined();
    around.now = NOW + 30_000;
    await expect(holder(first.text)).resolves.toBeUndefined();
  });

  it('is looked at again for every address', async () => {
    const { holder, around } = world(created({ networks: ['192.0.2.0/24'] }));
    await expect(holder(first.text, IP)).resolves.toBeDefined();
    await expect(holder(first.text, '198.51.100.7')).resolves.toBeUndefined();
    await expect(holder(first.text, '')).resolves.toBeUndefined();
    expect(around.noted).toHaveLength(1);
  });

  it('B9 is asked for again within five seconds, and not for every request', async () => {
    jest.useFakeTimers();
    // The remembered instant 0 would mean "for ever".
    jest.advanceTimersByTime(1);
    try {
      const { holder, around } = world(created());
      await Promise.all(Array.from({ length: 50 }, () => holder()));
      expect(around.reads).toBe(1);
      around.events.push({ type: 'ApiKeyRevoked', data: {} });
      jest.advanceTimersByTime(5_000);
      await expect(holder()).resolves.toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});
