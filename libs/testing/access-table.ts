import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The lines below one heading of `docs/access.md`: the first cell, and what stands in each column behind it. */
export type AccessTable = ReadonlyMap<string, Readonly<Record<string, string>>>;

const FILE = resolve(__dirname, '../../docs/access.md');

/**
 * The table of who may do what, as people read it.
 * @param heading a `##` heading; the tables of its subheadings count as one
 * @throws when a line stands there twice or a cell is missing, so that nobody believes a table that says two things
 */
export function accessTable(heading: string): AccessTable {
  const [, section] = readFileSync(FILE, 'utf8').split(new RegExp(String.raw`^## ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`docs/access.md has no heading "${heading}".`);
  const [text = ''] = section.split(/^## /m);
  const table = new Map<string, Record<string, string>>();
  let columns: readonly string[] = [];
  for (const line of text.split('\n').filter((each) => each.startsWith('|'))) {
    const [first = '', ...cells] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    const [, name] = /^`(.+)`$/.exec(first) ?? [];
    if (name === undefined) {
      if (!first.startsWith('-')) columns = cells;
      continue;
    }
    if (table.has(name)) throw new Error(`docs/access.md says twice who may ${name}.`);
    if (cells.length !== columns.length) throw new Error(`docs/access.md says too little about ${name}.`);
    table.set(name, Object.fromEntries(cells.map((cell, index) => [columns[index] ?? '', cell])));
  }
  return table;
}
