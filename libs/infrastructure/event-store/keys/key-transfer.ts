import type { KeyObject } from 'node:crypto';
import type { KeyRing } from './key-ring.js';
import type { KeyTable, StoredKey } from './key-table.js';
import { personKeyName, unwrapKey, wrapKey } from './key-wrapping.js';

const PAGE = 500;

/** A person's key on its way between two installations, unwrapped. */
export interface MovedKey {
  readonly keyId: string;
  readonly key: KeyObject | 'destroyed' | 'withheld';
}

/** Takes the keys of a workspace out of an installation, and into another one. */
export class KeyTransfer {
  constructor(
    private readonly table: KeyTable,
    private readonly ring: KeyRing,
  ) {}

  /** Every key of the workspace, page by page in the order of their ids. */
  async *pages(workspaceId: string): AsyncGenerator<readonly MovedKey[]> {
    const wrapping = await this.ring.workspaceKey(workspaceId);
    for (let after = ''; ;) {
      const page = await this.table.page(workspaceId, after, PAGE);
      const last = page.at(-1);
      if (!last) return;
      after = last.keyId;
      yield page.map(({ keyId, wrapped, withheld }) => ({
        keyId,
        key: wrapped
          ? unwrapKey(wrapping, personKeyName(workspaceId, keyId), wrapped)
          : withheld
            ? 'withheld'
            : 'destroyed',
      }));
    }
  }

  /** Keeps keys, wrapped for this installation. A key that is here stays as it is; one that was destroyed here stays destroyed. */
  async take(workspaceId: string, keys: readonly MovedKey[]): Promise<void> {
    const wrapping = await this.ring.workspaceKey(workspaceId);
    const stored = keys.map(({ keyId, key }): StoredKey => {
      const wrapped = typeof key === 'string' ? null : wrapKey(wrapping, personKeyName(workspaceId, keyId), key);
      return { keyId, wrapped, withheld: key === 'withheld' };
    });
    if (stored.length > 0) await this.table.take(workspaceId, stored);
  }
}
