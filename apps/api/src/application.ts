import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Configuration } from '@ledgerdesk/config';
import { DeskHttpAdapter, setUpHttp } from '@ledgerdesk/http';
import { type Log, NestLog } from '@ledgerdesk/logging';
import { MailCatcher, serveCaughtMail } from '@ledgerdesk/mail';
import { DeskSocketAdapter } from '@ledgerdesk/realtime';
import { AppModule } from './app.module.js';
import { serveDescription } from './description/serve-description.js';
import { deskFiles } from './desk/desk-files.js';
import { serveDesk } from './desk/serve-desk.js';

export interface ApplicationOptions {
  /** Folder with the built desk; without one only the API is served. */
  readonly deskFolder?: string;
}

/** The whole api, ready to listen. */
export async function createApplication(
  configuration: Configuration,
  log: Log,
  { deskFolder }: ApplicationOptions = {},
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.with(configuration, log),
    new DeskHttpAdapter(),
    {
      bodyParser: false,
      abortOnError: false,
      logger: new NestLog(log),
    },
  );
  setUpHttp(app, configuration);
  app.useWebSocketAdapter(new DeskSocketAdapter(app, { allowedOrigins: configuration.http.corsOrigins }));
  if (configuration.http.docs) serveDescription(app);
  if (configuration.mail?.catcherPort !== undefined) app.use('/dev', serveCaughtMail(app.get(MailCatcher)));
  app.use(serveDesk(deskFolder === undefined ? new Map() : await deskFiles(deskFolder)));
  return app;
}
