import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import de from './de.json';
import en from './en.json';

const ROOT = join(__dirname, '../../../..');
const SOURCES = ['apps/desk/src/app', 'libs/web/ui', 'libs/web/session'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|html)$/u.test(name) && !name.endsWith('.spec.ts'))
    .map((name) => join(ROOT, folder, name)),
);

function keysOf(texts: object, prefix = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

const english = keysOf(en);
const groups = new Set(english.map((key) => key.slice(0, key.indexOf('.'))));

/** Every literal in the desk's code that has the form of a key, and every beginning of one that code completes. */
function keysIn(file: string): readonly string[] {
  const literals = readFileSync(file, 'utf8').matchAll(/(?<=')[a-z][A-Za-z]*\.[A-Za-z_.-]*(?=')/gu);
  return [...literals].map(([key]) => key).filter((key) => groups.has(key.slice(0, key.indexOf('.'))));
}

describe('the texts', () => {
  it('exist in both languages, none of them empty', () => {
    expect(keysOf(de)).toEqual(english);
    expect(JSON.stringify([en, de])).not.toContain('""');
  });

  it('hold the same places to fill in', () => {
    const places = (texts: object): readonly string[] =>
      JSON.stringify(texts)
        .match(/\{\{\w+\}\}/gu)
        ?.sort() ?? [];
    expect(places(de)).toEqual(places(en));
  });

  it.each(SOURCES.map((file) => [file.slice(ROOT.length + 1), file]))('of %s exist', (_name, file) => {
    const known = (key: string): boolean =>
      key.endsWith('.') ? english.some((one) => one.startsWith(key)) : english.includes(key);
    expect(keysIn(file).filter((key) => !known(key))).toEqual([]);
  });
});
