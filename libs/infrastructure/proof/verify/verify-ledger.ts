import type { EventStore } from '@ledgerdesk/event-store';
import type { Connections } from '@ledgerdesk/read-store';
import { TrustedKeys } from '../format/trusted-keys.js';
import { type Anchor, readAnchor } from '../sealing/anchor.js';
import { AnchorConflict } from '../sealing/anchoring.js';
import { ownKeys } from '../sealing/key-chain.js';
import { foreignSealKeys, sealHash, sealKeys } from '../sealing/seal-table.js';
import type { Finding } from './finding.js';
import { storedLedger } from './stored-ledger.js';
import { type Verdict, verifyItems } from './verify-items.js';

export interface VerifyLedgerOptions {
  readonly store: EventStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  /** The part of one workspace; everything when absent. */
  readonly workspace?: string;
  /** What is believed: keys that somebody brings along, or the secret of this installation, from which its keys derive. */
  readonly trust: { readonly publicKeys: readonly string[] } | { readonly installationKey: Uint8Array };
  readonly anchorFile?: string;
  readonly onProgress?: (events: number) => void;
}

/** With the seal that is kept outside the database: looked at last, when everything else is in order, and only if there is one. */
export interface LedgerVerdict extends Verdict {
  readonly anchor: 'held' | 'none' | 'not-reached';
}

/**
 * Checks the stored bytes of a running installation against its seals.
 * @throws ForeignSealKey, DamagedAnchor
 */
export async function verifyLedger(options: VerifyLedgerOptions): Promise<LedgerVerdict> {
  const { connections, workspace, anchorFile } = options;
  const own = await connections.use((sql) => sealKeys(sql));
  const foreign = workspace === undefined ? [] : await connections.use((sql) => foreignSealKeys(sql, workspace));
  const believed = await believedKeys(options);
  const home = own.at(0)?.ledger;
  const verdict = await verifyItems(await storedLedger(options, workspace), {
    trusted: new TrustedKeys(believed, [...own, ...foreign]),
    ...(workspace !== undefined && { workspace }),
    ...(home !== undefined && { home }),
    others: [...new Set(foreign.map(({ ledger }) => ledger))],
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  const anchor = anchorFile === undefined ? undefined : await readAnchor(anchorFile);
  if (!anchor) return { ...verdict, anchor: 'none' };
  if (verdict.finding) return { ...verdict, anchor: 'not-reached' };
  const hash = await connections.use((sql) => sealHash(sql, anchor.number));
  return hash === anchor.hash
    ? { ...verdict, anchor: 'held' }
    : { ...verdict, anchor: 'not-reached', finding: anchorFinding(anchor, anchorFile ?? '') };
}

async function believedKeys({ connections, trust }: VerifyLedgerOptions): Promise<readonly string[]> {
  if ('publicKeys' in trust) return trust.publicKeys;
  const keys = await connections.use((sql) => ownKeys(sql, trust.installationKey));
  return keys.map(({ publicKey }) => publicKey);
}

function anchorFinding(anchor: Anchor, file: string): Finding {
  return { kind: 'anchor', seal: anchor.number, sentence: new AnchorConflict(file, anchor).message };
}
