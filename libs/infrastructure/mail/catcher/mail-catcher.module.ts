import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { MailCatcher } from './mail-catcher.js';

/** The catcher of an embedded desk, from the start of the api to its end. */
@Module({})
export class MailCatcherModule implements OnApplicationShutdown {
  constructor(@Inject(MailCatcher) private readonly catcher: MailCatcher) {}

  static on(port: number): DynamicModule {
    const catcher = { provide: MailCatcher, useFactory: (): Promise<MailCatcher> => MailCatcher.listen(port) };
    return { module: MailCatcherModule, providers: [catcher], exports: [MailCatcher] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.catcher.close();
  }
}
