import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { parseStreamName } from '@ledgerdesk/event-store';
import type { Reaction } from '@ledgerdesk/jobs';
import { ReadStore } from '@ledgerdesk/read-store';

/** Ends the sessions that somebody had on a seat, so that none of them goes on when the seat is given back. */
export class EndSessionsOfMember extends Command<void> {
  constructor(
    readonly memberId: string,
    /** Later ones are none of its business: the member was let in again. */
    readonly openedBefore: Date,
  ) {
    super();
  }
}

/** Access ends by itself, because every token is checked against the seat; this ends what could begin again. */
export const endSessionsOfDeactivatedMember: Reaction = {
  name: 'end-sessions-of-deactivated-member',
  categories: ['member'],
  effectsOf: ({ type, stream }) =>
    type === 'MemberDeactivated' ? [{ kind: 'perform', subject: parseStreamName(stream).id }] : [],
  perform: ({ subject, due }, tools) => tools.issue(new EndSessionsOfMember(subject, due)),
};

@CommandHandler(EndSessionsOfMember)
export class EndSessionsOfMemberHandler implements ICommandHandler<EndSessionsOfMember> {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  async execute({ memberId, openedBefore }: EndSessionsOfMember): Promise<void> {
    await this.store.global((connection) =>
      connection.transaction(async (sql) => {
        // The account before its sessions, as everybody does who ends some.
        await sql.rows(
          `select 1 from account where id = (select account_id from account_seat where member_id = $1) for no key update`,
          [memberId],
        );
        await sql.rows(
          `update session set ended_at = now(), ended_because = 'member deactivated'
           where member_id = $1 and created_at <= $2 and ended_at is null`,
          [memberId, openedBefore],
        );
      }),
    );
  }
}
