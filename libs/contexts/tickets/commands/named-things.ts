import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EVENT_STORE, type EventStore, StreamNotFound, streamName } from '@ledgerdesk/event-store';
import { DomainError } from '@ledgerdesk/kernel';

/** Ids that a command names besides its ticket. Null and absent name nothing. */
export interface Named {
  readonly member?: string | null | undefined;
  readonly team?: string | null | undefined;
  readonly ticket?: string | null | undefined;
}

const MOST_REMEMBERED = 20_000;

/** Knows whether what a command names exists in the workspace. A stream never goes away, so a yes is remembered. */
@Injectable()
export class NamedThings {
  readonly #existing = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** @throws DomainError not-found `member.not-found`, `team.not-found`, `ticket.not-found` */
  async refuseUnknown(workspaceId: string, named: Named): Promise<void> {
    for (const kind of ['member', 'team', 'ticket'] as const) {
      const id = named[kind];
      if (id == null) continue;
      if (!(await this.#exists(streamName(kind, workspaceId, id)))) {
        throw new DomainError('not-found', `${kind}.not-found`, `There is no such ${kind}.`);
      }
    }
  }

  async #exists(stream: string): Promise<boolean> {
    if (this.#existing.has(stream)) return true;
    try {
      await this.store.read(stream, { max: 1 });
    } catch (error) {
      if (error instanceof StreamNotFound) return false;
      throw error;
    }
    this.#existing.set(stream, true);
    return true;
  }
}
