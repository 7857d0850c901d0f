import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { Listener, roleUrl } from '@ledgerdesk/read-store';
import { DRAFTS_CHANNEL } from '../commands/drafts.migration.js';
import { LiveAudience, memberOf } from './live-audience.js';

/** Tells the other tabs of a member, and nobody else, that what they are writing or have scheduled in a ticket has changed. */
@Injectable()
export class LiveDrafts implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #listener: Listener;

  constructor(
    @Inject(CONFIGURATION) { database, installationKey }: Configuration,
    @Inject(LiveAudience) private readonly audience: LiveAudience,
    @Inject(Log) log: Log,
  ) {
    this.#listener = new Listener({
      url: roleUrl(database.url, installationKey, 'ld_app'),
      channel: DRAFTS_CHANNEL,
      onMessage: (payload) => {
        this.#tell(payload);
      },
      onFailure: (err) => {
        log.warn({ err }, 'lost the connection that hears of drafts');
      },
    });
  }

  onApplicationBootstrap(): void {
    this.#listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#listener.close();
  }

  #tell(payload: string): void {
    const [workspaceId = '', memberId, ticketId, table, version] = payload.split(' ');
    const own = this.audience.members(workspaceId).filter((socket) => memberOf(socket).memberId === memberId);
    const what = table === 'draft' ? 'draft' : 'reply';
    this.audience.tell(own, 'drafts', { ticketId, what, version: Number(version) });
  }
}
