import type { Recorded } from '@ledgerdesk/kernel';
import { parseStreamName } from '@ledgerdesk/event-store';
import type { Projection } from '@ledgerdesk/read-store';
import { teamDecider } from '../domain/team.decider.js';
import type { TeamEvent } from '../domain/team.events.js';
import { TeamRow } from './teams.entity.js';

/** The decider's own fold, so that the read model and the rules can never disagree about who is in a team. */
export const teams: Projection<TeamRow> = {
  name: 'teams',
  version: 1,
  entity: TeamRow,
  categories: ['team'],
  indexes: ['create index on {table} (workspace_id, name)'],
  keysOf: ({ stream }) => [parseStreamName(stream).id],
  apply(row, event, id) {
    const { metadata, revision } = event;
    const team = teamDecider.evolve(row && { ...row, teamId: id }, event as Recorded<TeamEvent>, metadata);
    if (!team) return undefined;
    const { name, memberIds, archived } = team;
    return { id, workspaceId: metadata.workspaceId, name, memberIds, archived, version: revision };
  },
};
