import { ConfigurationError, loadConfiguration } from '@ledgerdesk/config';
import { Log, NestLog } from '@ledgerdesk/logging';
import { NestFactory } from '@nestjs/core';
import { stopOnSignal } from './stop-on-signal.js';
import { WorkerModule } from './worker.module.js';

try {
  const configuration = loadConfiguration();
  const log = new Log({ level: configuration.logLevel, process: 'worker' });
  const app = await NestFactory.createApplicationContext(WorkerModule.with(configuration, log), {
    abortOnError: false,
    logger: new NestLog(log),
  });
  stopOnSignal(app, log);
  log.info({}, 'following the ledger');
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
