import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkout } from '../services/places.mjs';

export const name = 'first load';
export const order = 5;

/** JavaScript that the first page names, as it is transferred. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure() {
  const folder = join(checkout, 'dist/apps/desk/browser');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const scripts = [...new Set([...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, file]) => file))];
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  return [
    {
      what: 'initial JavaScript, gzip',
      value: bytes / 1_000,
      unit: 'kB',
      better: 'less',
      goal: 250,
      note: `${scripts.length} files`,
    },
  ];
}
