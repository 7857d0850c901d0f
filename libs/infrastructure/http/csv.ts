/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@]/;
/** Characters that are not seen, but stand before what is. */
const UNSEEN = /^[\s\p{C}]+/u;
const CONTROL = /^[\t\r]/;

/**
 * One line of a CSV file (RFC 4180), every cell in quotes. A text that a spreadsheet would take for a formula gets an apostrophe in
 * front: also one that begins with a full-width sign, or behind blanks (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** Numbers are what they are; only texts can be written by somebody who means harm. */
function harmless(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const begins = cell.normalize('NFKC').replace(UNSEEN, '');
  return FORMULA.test(begins) || CONTROL.test(cell) ? `'${cell}` : cell;
}

/** Spreadsheets read UTF-8 where a file begins so. */
export const CSV_START = '\uFEFF';
