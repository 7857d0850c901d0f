import { TrustedKeys } from '../format/trusted-keys.js';
import { type ExportHeader, exportItems, readExportHead } from './export-items.js';
import type { ExportBytes } from './export-lines.js';
import { type Verdict, verifyItems, type VerifyOptions } from './verify-items.js';

/** More homes than this no workspace had; each of them costs memory while it is checked. */
const MOST_LEDGERS = 16;

export interface ExportVerdict extends Verdict {
  readonly header: ExportHeader;
}

/**
 * Checks an export with nothing but public keys. What is wrong with the file, short of a foreign or future format, is a finding.
 * @throws UnknownFormat, DamagedFile when not even the beginning can be read
 */
export async function verifyExport(
  bytes: ExportBytes,
  publicKeys: readonly string[],
  options: Pick<VerifyOptions, 'onProgress' | 'streamsAtOnce'> = {},
): Promise<ExportVerdict> {
  const head = await readExportHead(bytes);
  const { header, sealKeys } = head;
  const trusted = new TrustedKeys(publicKeys, sealKeys);
  const ledgers = [...new Set(sealKeys.map(({ ledger }) => ledger))].slice(0, MOST_LEDGERS);
  const verdict = await verifyItems(() => exportItems(bytes, head, trusted), {
    ...options,
    trusted,
    workspace: header.workspace,
    ...(header.source.ledger !== null && { home: header.source.ledger }),
    others: ledgers.filter((ledger) => ledger !== header.source.ledger),
  });
  return { ...verdict, header };
}
