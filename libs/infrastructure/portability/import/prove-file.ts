import { DamagedFile, exportFile, readExportHead, UnknownFormat, type Verdict, verifyExport } from '@ledgerdesk/proof';
import { MoveRefused } from '../refused.js';

/**
 * Checks the seals of a file: by the given public keys, or else by those that it brings along, which shows that it is one piece and not who wrote it.
 * @throws MoveRefused `file.unproved`, `file.damaged`
 */
export async function proveFile(path: string, publicKeys: readonly string[]): Promise<Verdict> {
  const bytes = exportFile(path);
  try {
    const { sealKeys } = await readExportHead(bytes);
    const believed = publicKeys.length > 0 ? publicKeys : sealKeys.map(({ publicKey }) => publicKey);
    const verdict = await verifyExport(bytes, believed);
    if (verdict.finding) throw new MoveRefused('file.unproved', `${verdict.finding.sentence} Nothing was imported.`);
    return verdict;
  } catch (error) {
    if (error instanceof DamagedFile || error instanceof UnknownFormat) {
      throw new MoveRefused('file.damaged', error.message, { cause: error });
    }
    throw error;
  }
}
