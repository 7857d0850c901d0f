import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { KeyHolders, Principal } from '@ledgerdesk/auth';
import { type EventCodec, type EventStore, StreamNotFound, streamName } from '@ledgerdesk/event-store';
import { type Clock, fold, type Recorded, type Scope, SCOPES } from '@ledgerdesk/kernel';
import type { Directory, RightsOfSeats } from '@ledgerdesk/workspaces';
import { apiKeyDecider } from '../domain/api-key.decider.js';
import type { ApiKeyEvent } from '../domain/api-key.events.js';
import type { ApiKey } from '../domain/api-key.js';
import { KeySecrets } from './key-secrets.js';
import { type KeyParts, readKey } from './key-text.js';
import type { KeyUses } from './key-uses.js';
import { admits } from './networks.js';

/** What was found behind a key; good for a few seconds. */
interface Found {
  readonly principal: Principal;
  readonly networks: readonly string[];
  /** Milliseconds since the epoch. */
  readonly goodUntil: number;
}

/** A key that was revoked, or a member who was deactivated, is noticed after this time at the latest; five seconds are promised. */
const RECHECK_MILLISECONDS = 3_500;
const MOST_REMEMBERED = 10_000;

export interface KeyTools {
  readonly ledger: Pick<EventStore, 'read'>;
  readonly codec: Pick<EventCodec, 'sealedView'>;
  readonly directory: Pick<Directory, 'member' | 'workspace'>;
  readonly rights: Pick<RightsOfSeats, 'of'>;
  readonly secrets: KeySecrets;
  readonly uses: Pick<KeyUses, 'note'>;
  /** One that all nodes agree on. */
  readonly clock: Clock;
}

/**
 * Turns an API key into the member for whom it acts. Key and member are read from the ledger, because what a key may do must not
 * depend on how far a read model has come. Whatever is wrong with a key, the answer is the same: nobody.
 */
export class HoldersOfKeys implements KeyHolders {
  readonly #found: LRUCache<string, Found, KeyParts>;

  constructor(private readonly tools: KeyTools) {
    this.#found = new LRUCache<string, Found, KeyParts>({
      max: MOST_REMEMBERED,
      ttl: RECHECK_MILLISECONDS,
      // Never the wall clock: set back by an hour, it would keep a revoked key alive for that long.
      perf: { now: () => performance.now() },
      fetchMethod: (_hash, _stale, { context: parts }) => this.#look(parts),
    });
  }

  async holder(key: string, ip: string): Promise<Principal | undefined> {
    const parts = readKey(key);
    if (!parts) return undefined;
    const found = await this.#found.fetch(hash('sha256', key, 'base64'), { context: parts });
    if (!found || found.goodUntil <= this.tools.clock.now() || !admits(found.networks, ip)) return undefined;
    this.tools.uses.note(parts.workspaceId, parts.keyId);
    return found.principal;
  }

  async #look(parts: KeyParts): Promise<Found | undefined> {
    const { workspaceId, keyId } = parts;
    const key = await this.#keyOf(workspaceId, keyId);
    const goodUntil = key && goodUntilOf(key, this.tools.secrets.digestOf(parts));
    if (!key || goodUntil === undefined) return undefined;
    const [member, workspace] = await Promise.all([
      this.tools.directory.member(workspaceId, key.memberId),
      this.tools.directory.workspace(workspaceId),
    ]);
    if (member?.status !== 'active' || member.accountId === null) return undefined;
    return {
      networks: key.networks,
      goodUntil,
      principal: {
        workspaceId,
        memberId: key.memberId,
        accountId: member.accountId,
        sessionId: keyId,
        ...(await this.tools.rights.of(workspaceId, member)),
        ...(workspace?.suspension && { isSuspended: true as const }),
        key: { id: keyId, scopes: SCOPES.filter((scope: Scope) => key.scopes.includes(scope)) },
      },
    };
  }

  async #keyOf(workspaceId: string, keyId: string): Promise<ApiKey | undefined> {
    try {
      const stored = await this.tools.ledger.read(streamName(apiKeyDecider.category, workspaceId, keyId));
      return fold(apiKeyDecider, this.tools.codec.sealedView(stored) as readonly Recorded<ApiKeyEvent>[]);
    } catch (error) {
      if (error instanceof StreamNotFound) return undefined;
      throw error;
    }
  }
}

/** Until when a secret is good for its key; `undefined` when it never was, or the key was revoked. */
function goodUntilOf({ secret, previous, expiresAt, revokedAt }: ApiKey, digest: string): number | undefined {
  if (revokedAt !== null) return undefined;
  const end = expiresAt === null ? Infinity : Date.parse(expiresAt);
  if (KeySecrets.areEqual(secret.digest, digest)) return end;
  if (!previous || !KeySecrets.areEqual(previous.digest, digest)) return undefined;
  return Math.min(end, Date.parse(previous.goodUntil));
}
