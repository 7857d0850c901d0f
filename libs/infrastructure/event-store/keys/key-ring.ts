import { createSecretKey, type KeyObject } from 'node:crypto';
import { DomainError, ERASED, type ErasedText } from '@ledgerdesk/kernel';
import { LRUCache } from 'lru-cache';
import { KeyMissing } from '../errors.js';
import { Coalescer } from './coalescer.js';
import type { Destruction, KeyTable, StoredKey } from './key-table.js';
import { newWrappedKey, personKeyName, unwrapKey, workspaceKeyName } from './key-wrapping.js';

/** The key exists in the installation that the workspace was moved from, and was left there. */
const WITHHELD = Symbol('withheld');

type PersonKey = KeyObject | ErasedText | typeof WITHHELD;

/** Keys fetched for one page of events. */
export interface OpeningKeys {
  /** @throws KeyMissing when the key is neither stored nor marked as destroyed */
  get(workspaceId: string, keyId: string): KeyObject | ErasedText;
}

export interface KeyRingOptions {
  /** Persons whose keys are kept in memory; 50,000 by default, about 20 MB. */
  readonly capacity?: number;
  /** Milliseconds after which a key is read again, for a process that follows no ledger; 60,000 by default. */
  readonly maxAge?: number;
}

/**
 * Keys of persons: 256 random bits each, wrapped by the key of their workspace, which is wrapped by the installation's.
 * Lookups of many callers become one query per workspace.
 */
export class KeyRing {
  private readonly wrappingKey: KeyObject;
  private readonly workspaces = new LRUCache<string, Promise<KeyObject>>({ max: 1_000 });
  private readonly persons: LRUCache<string, PersonKey>;
  private readonly finding: Coalescer<PersonKey>;
  private readonly making: Coalescer<PersonKey>;

  constructor(
    private readonly table: Pick<KeyTable, 'workspaceKey' | 'find' | 'findOrInsert' | 'destroyed' | 'destroy'>,
    wrappingKey: Uint8Array,
    options: KeyRingOptions = {},
  ) {
    this.wrappingKey = createSecretKey(wrappingKey);
    this.persons = new LRUCache({ max: options.capacity ?? 50_000, ttl: options.maxAge ?? 60_000 });
    this.finding = new Coalescer((workspaceId, keyIds) => this.find(workspaceId, keyIds));
    this.making = new Coalescer((workspaceId, keyIds) => this.findOrMake(workspaceId, keyIds));
  }

  /**
   * Keys to write with; persons who have none yet get one.
   * @throws DomainError `person.erased` when one of them was destroyed, `person.key-withheld` when it did not come along
   */
  async forSealing(workspaceId: string, keyIds: readonly string[]): Promise<ReadonlyMap<string, KeyObject>> {
    const found = await this.collect(workspaceId, keyIds, this.making);
    const keys = new Map<string, KeyObject>();
    for (const [keyId, key] of found) {
      if (key === ERASED) throw new DomainError('conflict', 'person.erased', 'This person was erased.');
      if (key === WITHHELD) {
        const sentence =
          'The key of this person did not come along when the workspace was moved: import it with its keys.';
        throw new DomainError('conflict', 'person.key-withheld', sentence);
      }
      keys.set(keyId, key);
    }
    return keys;
  }

  /**
   * Keys to read with, of any number of workspaces. With `fresh` a cached key counts only after the table was asked whether it
   * still exists: what is about to be kept must not be read with a key that was destroyed a moment ago in another process.
   */
  async forOpening(
    wanted: readonly { readonly workspaceId: string; readonly keyId: string }[],
    { fresh = false }: { readonly fresh?: boolean } = {},
  ): Promise<OpeningKeys> {
    const perWorkspace = new Map<string, Set<string>>();
    for (const { workspaceId, keyId } of wanted) {
      const keyIds = perWorkspace.get(workspaceId) ?? new Set<string>();
      perWorkspace.set(workspaceId, keyIds.add(keyId));
    }
    const found = new Map<string, ReadonlyMap<string, PersonKey>>();
    for (const [workspaceId, keyIds] of perWorkspace) {
      if (fresh) await this.dropDestroyed(workspaceId, [...keyIds]);
      found.set(workspaceId, await this.collect(workspaceId, [...keyIds], this.finding));
    }
    return {
      get(workspaceId, keyId) {
        const key = found.get(workspaceId)?.get(keyId);
        if (key === undefined) throw new KeyMissing(workspaceId, keyId);
        // Both read alike: nobody here can say more about the text than that it is not there.
        return key === WITHHELD ? ERASED : key;
      },
    };
  }

  /** Destroys a key for good: everything sealed with it reads as erased. Repeating it is harmless. */
  async destroy(workspaceId: string, destruction: Destruction): Promise<void> {
    await this.table.destroy(workspaceId, destruction);
    this.forget(workspaceId, destruction.keyId);
  }

  /** The key was destroyed, here or in another process: nothing is read or written with it any more. */
  forget(workspaceId: string, keyId: string): void {
    this.persons.set(cacheKey(workspaceId, keyId), ERASED);
  }

  private async dropDestroyed(workspaceId: string, keyIds: readonly string[]): Promise<void> {
    const trusted = keyIds.filter((keyId) => {
      const cached = this.persons.get(cacheKey(workspaceId, keyId));
      return cached !== undefined && cached !== ERASED;
    });
    if (trusted.length === 0) return;
    for (const keyId of await this.table.destroyed(workspaceId, trusted)) this.forget(workspaceId, keyId);
  }

  private async collect(
    workspaceId: string,
    keyIds: readonly string[],
    source: Coalescer<PersonKey>,
  ): Promise<ReadonlyMap<string, PersonKey>> {
    const keys = new Map<string, PersonKey>();
    const misses: string[] = [];
    for (const keyId of keyIds) {
      const cached = this.persons.get(cacheKey(workspaceId, keyId));
      if (cached === undefined) misses.push(keyId);
      else keys.set(keyId, cached);
    }
    if (misses.length === 0) return keys;
    for (const [keyId, found] of await source.get(workspaceId, misses)) {
      // A destruction that was heard of while the table was being asked wins: no key ever comes back.
      const key = this.persons.get(cacheKey(workspaceId, keyId)) === ERASED ? ERASED : found;
      this.persons.set(cacheKey(workspaceId, keyId), key);
      keys.set(keyId, key);
    }
    return keys;
  }

  private async find(workspaceId: string, keyIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const stored = await this.table.find(workspaceId, keyIds);
    return this.unwrapAll(workspaceId, stored);
  }

  private async findOrMake(workspaceId: string, keyIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const workspaceKey = await this.workspaceKey(workspaceId);
    const fresh = keyIds.map((keyId) => ({
      keyId,
      wrapped: newWrappedKey(workspaceKey, personKeyName(workspaceId, keyId)).wrapped,
    }));
    return this.unwrapAll(workspaceId, await this.table.findOrInsert(workspaceId, fresh));
  }

  private async unwrapAll(workspaceId: string, stored: readonly StoredKey[]): Promise<ReadonlyMap<string, PersonKey>> {
    if (stored.length === 0) return new Map();
    const workspaceKey = await this.workspaceKey(workspaceId);
    return new Map(
      stored.map(({ keyId, wrapped, withheld }) => [
        keyId,
        wrapped ? unwrapKey(workspaceKey, personKeyName(workspaceId, keyId), wrapped) : withheld ? WITHHELD : ERASED,
      ]),
    );
  }

  /** The key that wraps the keys of the workspace's persons; made when it is asked for the first time. */
  workspaceKey(workspaceId: string): Promise<KeyObject> {
    const cached = this.workspaces.get(workspaceId);
    if (cached) return cached;
    const loading = this.loadWorkspaceKey(workspaceId);
    this.workspaces.set(workspaceId, loading);
    // A failed load must not be remembered as the key.
    loading.catch(() => this.workspaces.delete(workspaceId));
    return loading;
  }

  private async loadWorkspaceKey(workspaceId: string): Promise<KeyObject> {
    const name = workspaceKeyName(workspaceId);
    const fresh = newWrappedKey(this.wrappingKey, name);
    return unwrapKey(this.wrappingKey, name, await this.table.workspaceKey(workspaceId, fresh.wrapped));
  }
}

function cacheKey(workspaceId: string, keyId: string): string {
  return `${workspaceId}/${keyId}`;
}
