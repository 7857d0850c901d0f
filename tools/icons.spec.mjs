import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Blob, Face } from 'harfbuzzjs';
import subsetFont from 'subset-font';
import { checkout } from './services/places.mjs';

const read = (name) => readFileSync(join(checkout, 'libs/web/ui/icon', name));

describe('the icons of the desk', () => {
  const drawn = [
    ...read('icons.ts')
      .toString()
      .matchAll(/^ {2}(\w+): '\\u(\w+)',$/gm),
  ];

  it('are those that were asked for by name', () => {
    expect(drawn.map(([, name]) => name)).toEqual(read('names.txt').toString().trim().split('\n'));
  });

  it('are in the font, and nothing else is', async () => {
    const font = await subsetFont(read('symbols.woff2'), undefined, { keepAllGlyphs: true, targetFormat: 'truetype' });
    const inFont = [...new Face(new Blob(font)).collectUnicodes()];
    expect(inFont.toSorted()).toEqual(drawn.map(([, , code]) => Number.parseInt(code, 16)).toSorted());
  });
});
