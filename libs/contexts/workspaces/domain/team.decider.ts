import { type Decider, DomainError } from '@ledgerdesk/kernel';
import { AddTeamMember, ArchiveTeam, CreateTeam, type RemoveTeamMember, RenameTeam } from './team.commands.js';
import type { TeamEvent } from './team.events.js';
import type { Team } from './team.js';

type TeamCommand = CreateTeam | RenameTeam | AddTeamMember | RemoveTeamMember | ArchiveTeam;
type State = Team | undefined;

export const LARGEST_TEAM = 500;

export const teamDecider: Decider<TeamCommand, State, TeamEvent> = {
  category: 'team',
  initial: undefined,
  target: ({ teamId }) => teamId,
  decide(command, state) {
    if (command instanceof CreateTeam) return create(command, state);
    const team = existing(state);
    if (command instanceof ArchiveTeam) return team.archived ? [] : [{ type: 'TeamArchived', data: {} }];
    refuseArchived(team);
    if (command instanceof RenameTeam) return rename(command, team);
    return command instanceof AddTeamMember ? addMember(command, team) : removeMember(command, team);
  },
  evolve(state, { type, data }) {
    switch (type) {
      case 'TeamCreated':
        return { teamId: data.teamId, name: data.name, memberIds: [], archived: false };
      case 'TeamRenamed':
        return state && { ...state, name: data.name };
      case 'TeamMemberAdded':
        return state && { ...state, memberIds: [...state.memberIds, data.memberId] };
      case 'TeamMemberRemoved':
        return state && { ...state, memberIds: state.memberIds.filter((id) => id !== data.memberId) };
      case 'TeamArchived':
        return state && { ...state, archived: true };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
  sets: (command) => (command instanceof RenameTeam ? { name: command.name } : {}),
  changes: ({ type, data }) => (type === 'TeamRenamed' ? { name: data.name } : {}),
};

function create({ teamId, name }: CreateTeam, state: State): TeamEvent[] {
  if (state) throw new DomainError('conflict', 'team.exists', 'This team was created before.');
  return [{ type: 'TeamCreated', data: { teamId, name } }];
}

function rename({ name }: RenameTeam, team: Team): TeamEvent[] {
  return team.name === name ? [] : [{ type: 'TeamRenamed', data: { name } }];
}

function addMember({ memberId }: AddTeamMember, { memberIds }: Team): TeamEvent[] {
  if (memberIds.includes(memberId)) return [];
  if (memberIds.length >= LARGEST_TEAM) {
    throw new DomainError('conflict', 'team.full', `A team has at most ${String(LARGEST_TEAM)} members.`);
  }
  return [{ type: 'TeamMemberAdded', data: { memberId } }];
}

function removeMember({ memberId }: RemoveTeamMember, { memberIds }: Team): TeamEvent[] {
  return memberIds.includes(memberId) ? [{ type: 'TeamMemberRemoved', data: { memberId } }] : [];
}

function existing(state: State): Team {
  if (!state) throw new DomainError('not-found', 'team.not-found', 'There is no such team.');
  return state;
}

function refuseArchived({ archived }: Team): void {
  if (archived) throw new DomainError('conflict', 'team.archived', 'An archived team does not change any more.');
}
