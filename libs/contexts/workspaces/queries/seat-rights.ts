import { Inject, Injectable } from '@nestjs/common';
import { customRoleId, type RoleName } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory } from './directory.js';
import type { Member } from '../domain/member.js';

/** What a seat comes with now. */
export interface SeatRights {
  readonly role: RoleName;
  /** Lines of the catalogue that a custom role holds; absent for the six roles. */
  readonly permissions?: readonly string[];
  /** Ids of the teams whose tickets are all that the member sees, sorted; absent for who sees those of everybody. */
  readonly confinedTo?: readonly string[];
}

/** Those who lead, keep and audit a desk see all of it, whatever the workspace has set. */
const CONFINED: readonly RoleName[] = ['agent', 'light_agent'];
/** The line of the catalogue with which a custom role sees all of it, too. */
const SEES_ALL = 'tickets.read_all';
/** Streams that are read at the same time. */
const AT_ONCE = 20;

/** Answers what a member may do from the ledger, so that a right which was taken away is gone while a read model is behind. */
@Injectable()
export class RightsOfSeats {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReadStore) private readonly store: ReadStore,
  ) {}

  async of(workspaceId: string, { memberId, role }: Pick<Member, 'memberId' | 'role'>): Promise<SeatRights> {
    const id = customRoleId(role);
    // A role that is not known, which no command can bring about, opens nothing.
    const permissions =
      id === undefined ? undefined : ((await this.directory.role(workspaceId, id))?.permissions ?? []);
    const rights = { role, ...(permissions && { permissions }) };
    const mayBeConfined = permissions ? !permissions.includes(SEES_ALL) : CONFINED.includes(role);
    if (!mayBeConfined) return rights;
    const workspace = await this.directory.workspace(workspaceId);
    if (workspace?.agentsSee !== 'own_teams') return rights;
    return { ...rights, confinedTo: await this.#teamsOf(workspaceId, memberId) };
  }

  /** The read model names the candidates, the ledger says who is in them still. */
  async #teamsOf(workspaceId: string, memberId: string): Promise<readonly string[]> {
    const candidates = await this.store.run(workspaceId, (sql) =>
      sql.rows<{ id: string }>(
        `select id from teams where workspace_id = $1::uuid and member_ids @> jsonb_build_array($2::text) order by id`,
        [workspaceId, memberId],
      ),
    );
    const teams: string[] = [];
    for (let from = 0; from < candidates.length; from += AT_ONCE) {
      const some = candidates.slice(from, from + AT_ONCE);
      const found = await Promise.all(some.map(({ id }) => this.directory.team(workspaceId, id)));
      teams.push(...found.flatMap((team) => (team?.memberIds.includes(memberId) ? [team.teamId] : [])));
    }
    return teams;
  }
}
