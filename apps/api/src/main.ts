import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BackupRefused, refuseUnfinishedRestore } from '@ledgerdesk/backup';
import { ConfigurationError, loadConfiguration } from '@ledgerdesk/config';
import { Log, sayLastWords } from '@ledgerdesk/logging';
import { roleUrl } from '@ledgerdesk/read-store';
import { createApplication } from './application.js';
import { stopOnSignal } from './stop-on-signal.js';

/** dist/apps/api/apps/api/src → dist/apps/desk/browser */
const DESK = join(import.meta.dirname, '../../../../desk/browser');

try {
  const configuration = loadConfiguration();
  const { database, installationKey } = configuration;
  await refuseUnfinishedRestore(roleUrl(database.url, installationKey, 'ld_app'));
  const log = new Log({ level: configuration.logLevel, process: 'api' });
  sayLastWords(log);
  const app = await createApplication(
    configuration,
    log,
    existsSync(join(DESK, 'index.html')) ? { deskFolder: DESK } : {},
  );
  stopOnSignal(app, log);
  await app.listen(configuration.http.port, configuration.http.host);
  log.info({ host: configuration.http.host, port: configuration.http.port }, 'listening');
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof BackupRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  // What was opened until then would keep the process alive.
  process.exit(78);
}
