import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { QueryEndpoint } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { MOST_SEATS, SeatList } from './seat-list.schema.js';

/** What accounts know about the seats of a workspace; for those who look after them. */
@ApiTags('members')
@Controller('seats')
export class AccountSeatsController {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  @QueryEndpoint({
    name: 'listSeats',
    summary: 'Addresses of the members, and when each was last here',
    answers: SeatList,
  })
  @Can('edit', 'Member')
  async listSeats(@CurrentMember() { workspaceId }: Principal): Promise<SeatList> {
    const rows = await this.store.global((sql) =>
      sql.rows<{ memberId: string; email: string; lastSeenAt: Date | null }>(
        `select seat.member_id as "memberId", account.email,
                (select max(last_used_at) from session
                 where session.account_id = seat.account_id and session.member_id = seat.member_id) as "lastSeenAt"
         from account_seat seat join account on account.id = seat.account_id
         where seat.workspace_id = $1::uuid order by seat.member_id limit $2`,
        [workspaceId, MOST_SEATS],
      ),
    );
    return { data: rows.map((row) => ({ ...row, lastSeenAt: row.lastSeenAt?.toISOString() ?? null })) };
  }
}
