import { type DynamicModule, Module, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { Log } from './log.js';

/** Makes the process' one `Log` injectable everywhere, and empties its buffer at the end. */
@Module({})
export class LoggingModule implements OnApplicationShutdown {
  constructor(@Inject(Log) private readonly log: Log) {}

  static with(log: Log): DynamicModule {
    return { module: LoggingModule, global: true, providers: [{ provide: Log, useValue: log }], exports: [Log] };
  }

  onApplicationShutdown(): void {
    this.log.flush();
  }
}
