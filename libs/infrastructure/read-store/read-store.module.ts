import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ReadStore, type ReadStoreOptions } from './read-store.js';

/** Makes one `ReadStore` of the process injectable everywhere and closes it last. */
@Module({})
export class ReadStoreModule implements OnApplicationShutdown {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  static forRoot(options: ReadStoreOptions): DynamicModule {
    return {
      module: ReadStoreModule,
      global: true,
      providers: [{ provide: ReadStore, useFactory: () => new ReadStore(options) }],
      exports: [ReadStore],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}
