import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { EVENT_STORE, EventCodec, type EventStore, readWhole, streamName } from '@ledgerdesk/event-store';
import { Answer } from '@ledgerdesk/http';
import { DomainError, fold, type Recorded } from '@ledgerdesk/kernel';
import { memberDecider, type MemberEvent } from '@ledgerdesk/workspaces';
import type { MemberErasureView } from '../http/erasure.schemas.js';

/** Is this member to be erased, and how far is it? */
export class GetMemberErasure extends Query<Answer<MemberErasureView>> {
  constructor(
    readonly member: Pick<Principal, 'workspaceId'>,
    readonly memberId: string,
  ) {
    super();
  }
}

@QueryHandler(GetMemberErasure)
export class GetMemberErasureHandler implements IQueryHandler<GetMemberErasure> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
  ) {}

  /** @throws DomainError not-found `member.not-found` */
  async execute({ member, memberId }: GetMemberErasure): Promise<Answer<MemberErasureView>> {
    const stored = await readWhole(this.store, streamName('member', member.workspaceId, memberId));
    const events = this.codec.sealedView(stored) as readonly Recorded<MemberEvent>[];
    const state = fold(memberDecider, events);
    if (!state) throw new DomainError('not-found', 'member.not-found', 'There is no such member.');
    const request = events.find((event) => event.type === 'MemberErasureRequested');
    const erased = events.find((event) => event.type === 'MemberErased');
    const view: MemberErasureView = {
      state: state.erasure,
      reason: request?.data.reason ?? null,
      requestedBy: request?.metadata.actor ?? null,
      requestedAt: request?.metadata.occurredAt ?? null,
      erasedAt: erased?.metadata.occurredAt ?? null,
    };
    return new Answer(view, { version: events.length - 1 });
  }
}
