// Generates the desk's client from the api that was just built and compares it with the one that is checked in.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkout } from '../services/places.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-client-'));
try {
  const document = join(folder, 'openapi.json');
  const fresh = join(folder, 'api');
  execFileSync(process.execPath, ['dist/apps/api/apps/api/src/openapi.js', document], {
    cwd: checkout,
    stdio: 'inherit',
  });
  execFileSync(process.execPath, ['tools/generate-client.mjs', document, fresh], { cwd: checkout, stdio: 'inherit' });
  const drift = differences(join(checkout, 'libs/web/api'), fresh);
  for (const line of drift) console.error(line);
  if (drift.length > 0) {
    console.error('The generated client does not fit the api: run "npm run generate" and commit what it writes.');
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One line for each file that one side lacks or that reads otherwise. */
function differences(kept, fresh) {
  const [before, after] = [kept, fresh].map(
    (root) => new Map(filesBelow(root).map((file) => [relative(root, file), readFileSync(file, 'utf8')])),
  );
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((file) => {
    if (!before.has(file)) return [`missing: ${file}`];
    if (!after.has(file)) return [`left over: ${file}`];
    return before.get(file) === after.get(file) ? [] : [`changed: ${file}`];
  });
}

function filesBelow(folderOrFile) {
  if (!statSync(folderOrFile).isDirectory()) return [folderOrFile];
  return readdirSync(folderOrFile).flatMap((name) => filesBelow(join(folderOrFile, name)));
}
