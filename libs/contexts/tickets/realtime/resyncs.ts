import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Position } from '@ledgerdesk/event-store';
import { PositionTokens } from '@ledgerdesk/http';
import { LiveAudience } from './live-audience.js';

/** Shortest time between two resyncs of one workspace, in milliseconds. */
const PAUSE = 1_000;

/** Asks a workspace to read its lists again, at most once a second, instead of pushing every event of an import. */
@Injectable()
export class Resyncs implements OnApplicationShutdown {
  readonly #waiting = new Map<string, { timer: NodeJS.Timeout; position: Position }>();

  constructor(
    @Inject(LiveAudience) private readonly audience: LiveAudience,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
  ) {}

  /** @param position newest event that the lists then have to show */
  soon(workspaceId: string, position: Position): void {
    const waiting = this.#waiting.get(workspaceId);
    if (waiting) {
      waiting.position = position;
      return;
    }
    const timer = setTimeout(() => {
      this.#send(workspaceId);
    }, PAUSE);
    this.#waiting.set(workspaceId, { timer, position });
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
  }

  #send(workspaceId: string): void {
    const waiting = this.#waiting.get(workspaceId);
    this.#waiting.delete(workspaceId);
    if (!waiting) return;
    const position = this.tokens.seal(workspaceId, waiting.position);
    this.audience.tell(this.audience.members(workspaceId), 'resync', { position });
  }
}
