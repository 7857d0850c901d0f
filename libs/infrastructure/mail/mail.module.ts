import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { Mailer } from './mailer.js';

/** Makes the `Mailer` injectable everywhere in the worker, the one process that mails. */
@Module({})
export class MailModule {
  static forRoot(): DynamicModule {
    const mailer = {
      provide: Mailer,
      inject: [CONFIGURATION, Log],
      useFactory: (configuration: Configuration, log: Log): Mailer =>
        new Mailer(configuration, (posted) => {
          log.info({ ...posted }, 'mailed');
        }),
    };
    return { module: MailModule, global: true, providers: [mailer], exports: [Mailer] };
  }
}
