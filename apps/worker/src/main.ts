import { BackupRefused, refuseUnfinishedRestore } from '@ledgerdesk/backup';
import { ConfigurationError, loadConfiguration } from '@ledgerdesk/config';
import { Log, NestLog, sayLastWords } from '@ledgerdesk/logging';
import { roleUrl } from '@ledgerdesk/read-store';
import { NestFactory } from '@nestjs/core';
import { stopOnSignal } from './stop-on-signal.js';
import { WorkerModule } from './worker.module.js';

try {
  const configuration = loadConfiguration();
  const { database, installationKey } = configuration;
  await refuseUnfinishedRestore(roleUrl(database.url, installationKey, 'ld_app'));
  const log = new Log({ level: configuration.logLevel, process: 'worker' });
  sayLastWords(log);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(configuration, log), {
    abortOnError: false,
    logger: new NestLog(log),
  });
  stopOnSignal(app, log);
  log.info({}, 'following the ledger');
} catch (error) {
  if (!(error instanceof ConfigurationError || error instanceof BackupRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  // What was opened until then would keep the process alive.
  process.exit(78);
}
