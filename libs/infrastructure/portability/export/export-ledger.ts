import { canonicalText, type EventStore, type KeyTransfer } from '@ledgerdesk/event-store';
import { foreignSealKeys, type LedgerItem, storedLedger } from '@ledgerdesk/proof';
import type { Connections } from '@ledgerdesk/read-store';
import { FORMAT, type HeaderLine, type LedgerLine, VERSION } from '../file/ledger-lines.js';
import { LineWriter } from '../file/line-writer.js';
import { type FileKey, keyLine } from '../file/passphrase.js';
import { OwnSealKeys } from './signed-end.js';

export interface ExportSources {
  readonly store: EventStore;
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  readonly keys: Pick<KeyTransfer, 'pages'>;
  readonly installationKey: Uint8Array;
  readonly publicUrl: string;
}

export interface ExportWish {
  readonly workspaceId: string;
  readonly slug: string;
  /** RFC 3339 UTC. */
  readonly exportedAt: string;
  /** What personal keys are wrapped under; without it they stay behind, and texts about people can not be read elsewhere. */
  readonly fileKey?: FileKey | undefined;
  /** Called now and then with the number of events so far. */
  readonly onProgress?: ((events: number) => void) | undefined;
}

/** What is in the file. */
export interface ExportReport {
  readonly events: number;
  readonly keys: number;
  readonly seals: number;
  /** SHA-256 of all lines but the last one. */
  readonly digest: string;
}

/**
 * The lines of an export as text, some thousand at a time: the workspace as it stands at the moment of the call, whatever is written
 * meanwhile. Keys come before events: everything up to that moment is sealed under keys that exist.
 */
export async function* exportLedger(
  { store, connections, keys, installationKey, publicUrl }: ExportSources,
  { workspaceId, slug, exportedAt, fileKey, onProgress }: ExportWish,
): AsyncGenerator<string, ExportReport> {
  const writer = new LineWriter();
  const ledger = await storedLedger({ store, connections }, workspaceId);
  const own = await OwnSealKeys.of(connections, installationKey);
  const foreign = await connections.use((sql) => foreignSealKeys(sql, workspaceId));
  const header: HeaderLine = {
    kind: 'header',
    format: FORMAT,
    version: VERSION,
    exportedAt,
    ...(fileKey ? { keys: 'passphrase' as const, passphrase: fileKey.parameters } : { keys: 'none' as const }),
    slug,
    source: { ledger: own.ledger, publicUrl },
    workspace: workspaceId,
  };
  yield writer.write([header, ...[...own.keys, ...foreign].map((key) => ({ kind: 'sealKey' as const, ...key }))]);
  if (fileKey) {
    for await (const page of keys.pages(workspaceId)) {
      yield writer.write(page.map((key) => keyLine(fileKey, workspaceId, key)).filter((line) => line !== undefined));
    }
  }
  let events = 0;
  for await (const item of ledger()) {
    yield writer.write(linesOf(item));
    if (item.kind === 'events') events += item.events.length;
    onProgress?.(events);
  }
  const end = writer.end();
  yield `${canonicalText(own.sign(end))}\n`;
  return { events, keys: end.keys, seals: end.seals, digest: end.digest };
}

function linesOf(item: LedgerItem): readonly LedgerLine[] {
  if (item.kind === 'events') {
    return item.events.map(({ stream, revision, id, type, data, metadata }) => ({
      kind: 'event',
      ...{ stream, revision, id, type, data, metadata },
    }));
  }
  const { record, signature, shares, path = [] } = item.seal;
  return shares.map(({ record: share, leaves }) => ({
    kind: 'seal',
    ...{ seal: record, signature, share, leaves: [...leaves], path: [...path] },
  }));
}
