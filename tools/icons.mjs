// Makes the icon font of the desk and its code points from the names in libs/web/ui/icon/names.txt: Material Symbols Rounded, cut
// down to these glyphs at one weight and size. `npm run icons` after adding a name; both results belong to the commit.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Blob, Buffer as Text, Face, Font, shape } from 'harfbuzzjs';
import subsetFont from 'subset-font';
import { checkout } from './services/places.mjs';

const folder = join(checkout, 'libs/web/ui/icon');
const AXES = { wght: 400, opsz: 20, FILL: 0, GRAD: 0 };

const symbols = readFileSync(join(checkout, 'node_modules/material-symbols/material-symbols-rounded.woff2'));
const names = readFileSync(join(folder, 'names.txt'), 'utf8').split('\n').filter(Boolean);
const whole = await subsetFont(symbols, undefined, { keepAllGlyphs: true, targetFormat: 'truetype' });
const codePoints = codePointsOf(names, whole);
const missing = names.filter((name) => !codePoints.has(name));
if (missing.length > 0) {
  console.error(`Material Symbols has no icon named ${missing.join(', ')}.`);
  process.exit(1);
}
const font = await subsetFont(whole, [...codePoints.values()].join(''), {
  targetFormat: 'woff2',
  variationAxes: AXES,
  keepFeatures: [],
  noLayoutClosure: true,
  noHinting: true,
});
writeFileSync(join(folder, 'symbols.woff2'), font);
writeFileSync(join(folder, 'icons.ts'), sourceOf(codePoints));
console.log(`${names.length} icons in ${font.length} bytes.`);

/**
 * The font draws an icon for its name by a ligature; this finds the code point that draws the same glyph.
 * @param {string[]} names
 * @param {Uint8Array} truetype
 * @returns {Map<string, string>} without the names that the font does not know
 */
function codePointsOf(names, truetype) {
  const face = new Face(new Blob(truetype));
  const font = new Font(face);
  const characters = new Map();
  for (const point of face.collectUnicodes().sort()) {
    const glyph = font.nominalGlyph(point);
    if (!characters.has(glyph)) characters.set(glyph, String.fromCodePoint(point));
  }
  const found = new Map();
  for (const name of names.toSorted()) {
    const text = new Text();
    text.addText(name);
    text.guessSegmentProperties();
    shape(font, text);
    const glyphs = text.getGlyphInfos();
    const character = glyphs.length === 1 && characters.get(glyphs[0].codepoint);
    if (character) found.set(name, character);
  }
  return found;
}

function sourceOf(codePoints) {
  const lines = [...codePoints].map(([name, character]) => {
    const code = character.codePointAt(0).toString(16).padStart(4, '0');
    return `  ${name}: '\\u${code}',\n`;
  });
  return `/**
 * Names and code points of the icons in \`symbols.woff2\`: Material Symbols Rounded (Apache-2.0), weight ${AXES.wght}, optical size ${AXES.opsz}.
 * Made by \`npm run icons\` from \`names.txt\`, where another icon is asked for by its name.
 */
export const ICONS = {
${lines.join('')}} as const;

/** Name of an icon that the desk carries. */
export type IconName = keyof typeof ICONS;
`;
}
