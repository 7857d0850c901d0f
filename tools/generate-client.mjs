// Writes libs/web/api from the OpenAPI document of the api: `npm run generate [-- DOCUMENT [FOLDER]]`.
// Without a document it builds the api and asks it for one; no service has to run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const output = process.argv[3] ?? join(root, 'libs/web/api');
const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });

const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-client-'));
try {
  let document = process.argv[2];
  if (document === undefined) {
    document = join(folder, 'openapi.json');
    run('@nestjs/cli/bin/nest.js', 'build', 'api');
    run('../dist/apps/api/apps/api/src/openapi.js', document);
  }
  const config = join(folder, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      input: document,
      output,
      indexFile: true,
      enumArray: false,
      enumStyle: 'alias',
      endOfLineStyle: 'lf',
      silent: true,
      // Headers that the desk's interceptors set on every request.
      excludeParameters: ['Idempotency-Key', 'Ledger-Position', 'X-Request-Id', 'If-None-Match', 'traceparent'],
    }),
  );
  run('ng-openapi-gen/lib/index.js', '--config', config);
  run('prettier/bin/prettier.cjs', '--config', '.prettierrc.json', '--log-level=warn', '--write', output);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
