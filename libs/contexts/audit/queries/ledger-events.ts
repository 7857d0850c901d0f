import { Inject, Injectable } from '@nestjs/common';
import { EventCodec, Ledger, parseStreamName, type StoredEvent, UnreadableEvent } from '@ledgerdesk/event-store';
import { PositionTokens } from '@ledgerdesk/http';
import { Personal, type Recorded } from '@ledgerdesk/kernel';
import type { LedgerEvent } from '../http/ledger.schemas.js';

/** Shows stored events to people: positions as tokens, streams without the workspace, texts only where allowed. */
@Injectable()
export class LedgerEvents {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
  ) {}

  async shown(workspaceId: string, events: readonly StoredEvent[], withTexts: boolean): Promise<LedgerEvent[]> {
    const opened = withTexts ? await this.#opened(events) : this.codec.sealedView(events);
    return opened.map((event) => this.#shown(workspaceId, event, withTexts));
  }

  /** One changed byte makes a text unreadable; the others are shown all the same. */
  async #opened(events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
    try {
      return await this.ledger.open(events);
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error;
      return this.codec.sealedView(events);
    }
  }

  #shown(workspaceId: string, event: Recorded, withTexts: boolean): LedgerEvent {
    const { metadata } = event;
    return {
      id: event.id,
      stream: labelOf(event.stream),
      type: event.type,
      revision: event.revision,
      position: this.tokens.seal(workspaceId, event.position),
      actor: metadata.actor,
      impersonatedBy: metadata.impersonatedBy ?? null,
      cause: metadata.cause,
      commandId: metadata.commandId,
      occurredAt: metadata.occurredAt,
      recordedAt: metadata.recordedAt,
      imported: metadata.imported === 'true',
      hash: metadata.hash,
      previousHash: metadata.previousHash,
      data: shownData(event.data, withTexts) as Record<string, unknown>,
    };
  }
}

function labelOf(stream: string): string {
  const { category, id } = parseStreamName(stream);
  return `${category}-${id}`;
}

/** Texts about people as `{ text }`, `{ erased }` or, where they were not opened, `{ sealed }`; everything else as it is. */
function shownData(value: unknown, withTexts: boolean): unknown {
  if (value instanceof Personal) {
    if (!withTexts) return { sealed: true };
    return typeof value.text === 'string' ? { text: value.text } : { erased: true };
  }
  if (Array.isArray(value)) return value.map((part) => shownData(part, withTexts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shownData(part, withTexts)]));
}
