import { canonicalText } from '@ledgerdesk/event-store';
import { DOMAIN, ownKeys, SigningKey, type SealKey } from '@ledgerdesk/proof';
import type { Connections } from '@ledgerdesk/read-store';
import type { EndLine } from '../file/ledger-lines.js';
import type { UnsignedEnd } from '../file/line-writer.js';

/** The keys of this installation's seals, none while it has sealed nothing. */
export class OwnSealKeys {
  private constructor(
    readonly keys: readonly SealKey[],
    private readonly newest: SigningKey | undefined,
  ) {}

  static async of(connections: Connections, installationKey: Uint8Array): Promise<OwnSealKeys> {
    const keys = await connections.use((sql) => ownKeys(sql, installationKey));
    const last = keys.at(-1);
    return new OwnSealKeys(keys, last && new SigningKey(installationKey, last.number));
  }

  get ledger(): string | null {
    return this.keys.at(0)?.ledger ?? null;
  }

  sign(end: UnsignedEnd): EndLine {
    if (!this.newest) return { ...end, keyId: null, signature: null };
    const signed = { ...end, keyId: this.newest.id };
    return { ...signed, signature: this.newest.sign(DOMAIN.exportEnd, canonicalText(signed)) };
  }
}
