// `npm run build`: everything that is not up to date.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, outdated } from './build.mjs';
import { step } from './progress.mjs';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
try {
  for (const target of outdated(checkout)) await step(`Building ${target.name}`, () => build(checkout, target));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
