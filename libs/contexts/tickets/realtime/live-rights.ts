import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { Abilities, type Principal } from '@ledgerdesk/auth';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { PositionTokens } from '@ledgerdesk/http';
import { Log } from '@ledgerdesk/logging';
import { isWatching, memberOf } from './live-audience.js';

/**
 * Tells a desk that its member may do or see something else from now on. Pushes go by the new rights already; what the desk shows
 * and watches has to follow.
 */
@Injectable()
export class LiveRights {
  constructor(
    @Inject(Abilities) private readonly abilities: Abilities,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Called every time a socket's token was looked at again; does nothing when the member may do what they could before. */
  recheck(socket: Socket, before: Principal): void {
    const now = memberOf(socket);
    if (now === before || this.abilities.abilityFor(now) === this.abilities.abilityFor(before)) return;
    for (const room of socket.rooms) if (isWatching(room)) void socket.leave(room);
    this.#tell(socket, now.workspaceId).catch((err: unknown) => {
      // The desk comes back and resumes from where it was.
      this.log.warn({ err }, 'could not tell a desk of other rights');
      socket.disconnect(true);
    });
  }

  async #tell(socket: Socket, workspaceId: string): Promise<void> {
    const position = this.tokens.seal(workspaceId, await this.store.head());
    socket.emit('rights', { position });
  }
}
