import { Global, Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { Outbound } from './outbound.js';
import { ownHosts } from './own-hosts.js';

/** Provides the one `Outbound` of a process, because places are counted in it. */
@Global()
@Module({
  providers: [
    {
      provide: Outbound,
      inject: [CONFIGURATION, Log],
      useFactory: (configuration: Configuration, log: Log) =>
        new Outbound({
          ...configuration.outbound,
          ownHosts: ownHosts(configuration),
          onFailure: (failure) => {
            log.warn({ ...failure }, 'a call to another system failed');
          },
        }),
    },
  ],
  exports: [Outbound],
})
export class OutboundModule {}
