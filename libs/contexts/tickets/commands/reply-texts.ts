import { Inject, Injectable } from '@nestjs/common';
import { PersonalTexts } from '@ledgerdesk/event-store';
import { DomainError, type FieldConflict } from '@ledgerdesk/kernel';
import type { ReplyState, ThenStatus } from '../domain/scheduled-reply.js';
import type { ReplyRow } from './reply-rows.js';

/** A reply that waits to be sent, as its author sees it. Instants are RFC 3339 UTC. */
export interface ScheduledReply {
  readonly id: string;
  readonly ticketId: string;
  readonly version: number;
  readonly state: ReplyState;
  /** null once it was sent, or once the person that it is about was erased. */
  readonly body: string | null;
  readonly thenStatus: ThenStatus | null;
  readonly seenVersion: number | null;
  readonly sendAt: string;
  /** Code of the refusal that brought it back to its author. */
  readonly reason: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Seals and opens the texts of replies that wait. */
@Injectable()
export class ReplyTexts {
  constructor(@Inject(PersonalTexts) private readonly texts: PersonalTexts) {}

  /** @throws DomainError `person.erased` */
  async seal(workspaceId: string, replyId: string, keyId: string, body: string): Promise<string> {
    return this.texts.seal(placeOf(workspaceId, replyId), keyId, body);
  }

  async shown(workspaceId: string, row: ReplyRow): Promise<ScheduledReply> {
    const { memberId: _memberId, timerId: _timerId, content, ...reply } = row;
    return {
      ...reply,
      version: Number(row.version),
      body: content === null ? null : await this.texts.open(placeOf(workspaceId, row.id), content),
      sendAt: row.sendAt.toISOString(),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

function placeOf(workspaceId: string, id: string): Parameters<PersonalTexts['seal']>[0] {
  return { workspaceId, keeper: 'scheduled-reply', id };
}

type Changed = Partial<Pick<ScheduledReply, 'body' | 'sendAt' | 'thenStatus'>>;

/** @throws DomainError stale `scheduled-reply.stale` with both values when the writer had seen another version */
export function refuseStale(reply: ScheduledReply, basedOn: number | undefined, yours: Changed): void {
  if (basedOn === undefined || basedOn === reply.version) return;
  const conflicts = Object.entries(yours)
    .filter(([field, value]) => value !== reply[field as keyof Changed])
    .map(([field, value]): FieldConflict => ({ field, yours: value, theirs: reply[field as keyof Changed] }));
  const message = 'This reply was changed in another tab or on another device.';
  throw new DomainError('stale', 'scheduled-reply.stale', message, conflicts);
}
