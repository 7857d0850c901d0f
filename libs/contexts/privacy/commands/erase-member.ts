import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  CommandRunner,
  EVENT_STORE,
  EventCodec,
  type EventStore,
  IssuedBy,
  KeyRing,
  readWhole,
  streamName,
} from '@ledgerdesk/event-store';
import { Accounts } from '@ledgerdesk/identity';
import { DomainError, fold, type Recorded } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { ConfirmMemberErasure, memberDecider, type MemberEvent } from '@ledgerdesk/workspaces';

/** Carries out an erasure that was requested. Stopped anywhere, it goes on where it was when it is executed again. */
export class EraseMember extends Command<void> {
  constructor(readonly memberId: string) {
    super();
  }
}

@CommandHandler(EraseMember)
export class EraseMemberHandler implements ICommandHandler<EraseMember> {
  private readonly accounts: Accounts;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(KeyRing) private readonly keys: KeyRing,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(ReadStore) readStore: ReadStore,
  ) {
    this.accounts = new Accounts(readStore);
  }

  async execute(command: EraseMember): Promise<void> {
    const { command: issued } = IssuedBy.of(command);
    const { memberId } = command;
    const { workspaceId } = issued;
    const stored = await readWhole(this.store, streamName('member', workspaceId, memberId));
    const events = this.codec.sealedView(stored) as readonly Recorded<MemberEvent>[];
    const member = fold(memberDecider, events);
    const request = events.find(({ type }) => type === 'MemberErasureRequested');
    if (!member || !request) {
      throw new DomainError('conflict', 'member.erasure-not-requested', 'Nobody has asked to erase this member.');
    }
    await this.keys.destroy(workspaceId, {
      keyId: memberId,
      person: `member:${memberId}`,
      requestedEvent: request.id,
      requestedAt: request.metadata.recordedAt,
    });
    const { accountId } = member;
    if (accountId !== null) await this.accounts.removeSeat({ accountId, workspaceId, memberId });
    await this.runner.run(memberDecider, new ConfirmMemberErasure(memberId), issued);
  }
}
