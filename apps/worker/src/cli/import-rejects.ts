import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ImportRefused, type RejectedRow } from '@ledgerdesk/integrations';

/** `incidents.csv.gz` → `incidents.rejects.csv` in the current folder. */
export function rejectsFile(input: string, folder: string): string {
  return join(folder, `${basename(input).replace(/\.(?:csv\.gz|csv|gz)$/i, '')}.rejects.csv`);
}

/** Writes which lines were not taken over, and why. @throws ImportRefused */
export function writeRejects(path: string, rejected: readonly RejectedRow[]): void {
  const rows = rejected.map(({ line, reason }) => `${String(line)},${quoted(reason)}\n`);
  try {
    writeFileSync(path, `line,reason\n${rows.join('')}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportRefused(`${path} can not be written (${why}): name another file with --rejects.`);
  }
}

/** Reasons quote cells of a file that nobody has checked: on one line, and begun by a word, so that no program runs them. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').replaceAll('"', '""')}"`;
}
