import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { loadConfiguration } from '@ledgerdesk/config';
import { DeskHttpAdapter, nameRoutes } from '@ledgerdesk/http';
import { Log } from '@ledgerdesk/logging';
import { AppModule } from './app.module.js';
import { describeApi } from './description/describe-api.js';

/** Settings that lead nowhere: the document is made without starting or reaching anything. */
const NOWHERE = {
  LEDGERDESK_MODE: 'embedded',
  DATABASE_URL: 'postgres://nobody@nowhere.invalid/none',
  REDIS_URL: 'redis://nowhere.invalid',
  INSTALLATION_KEY: Buffer.alloc(32).toString('base64'),
};

const file = process.argv.at(2);
if (file === undefined) throw new Error('Name the file to write the OpenAPI document to.');

const log = new Log({ level: 'silent', process: 'openapi' });
const app = await NestFactory.create(AppModule.with(loadConfiguration(NOWHERE), log), new DeskHttpAdapter(), {
  preview: true,
  abortOnError: false,
  logger: ['error'],
});
nameRoutes(app);
writeFileSync(file, `${JSON.stringify(describeApi(app), undefined, 2)}\n`);
await app.close();
