import fc from 'fast-check';
import { DomainError, fold, type EventMetadata } from '@ledgerdesk/kernel';
import { given } from '@ledgerdesk/testing';
import { AddTeamMember, ArchiveTeam, CreateTeam, RemoveTeamMember, RenameTeam } from './team.commands.js';
import { LARGEST_TEAM, teamDecider } from './team.decider.js';
import type { TeamEvent } from './team.events.js';

const created = { type: 'TeamCreated', data: { teamId: 't1', name: 'Billing' } } as const;
const added = { type: 'TeamMemberAdded', data: { memberId: 'm1' } } as const;
const removed = { type: 'TeamMemberRemoved', data: { memberId: 'm1' } } as const;
const archived = { type: 'TeamArchived', data: {} } as const;

describe('team', () => {
  it('is created once', () => {
    given(teamDecider).when(new CreateTeam('t1', ' Billing ')).then(created);
    given(teamDecider, created).when(new CreateTeam('t1', 'Billing')).thenRefused('team.exists');
  });

  it('is renamed, quietly when the name stays', () => {
    given(teamDecider, created)
      .when(new RenameTeam('t1', 'Accounts'))
      .then({ type: 'TeamRenamed', data: { name: 'Accounts' } });
    given(teamDecider, created).when(new RenameTeam('t1', 'Billing')).thenNothing();
  });

  it('gains and loses members, each once', () => {
    given(teamDecider, created).when(new AddTeamMember('t1', 'm1')).then(added);
    given(teamDecider, created, added).when(new AddTeamMember('t1', 'm1')).thenNothing();
    given(teamDecider, created, added).when(new RemoveTeamMember('t1', 'm1')).then(removed);
    given(teamDecider, created).when(new RemoveTeamMember('t1', 'm1')).thenNothing();
    expect(given(teamDecider, created, added, removed).state()).toMatchObject({ memberIds: [] });
  });

  it('has a bounded number of members', () => {
    const full = Array.from({ length: LARGEST_TEAM }, (_, n): TeamEvent => ({
      type: 'TeamMemberAdded',
      data: { memberId: `m${String(n)}` },
    }));
    given(teamDecider, created, ...full)
      .when(new AddTeamMember('t1', 'one more'))
      .thenRefused('team.full');
  });

  it('is archived once and does not change afterwards', () => {
    given(teamDecider, created).when(new ArchiveTeam('t1')).then(archived);
    given(teamDecider, created, archived).when(new ArchiveTeam('t1')).thenNothing();
    for (const command of [
      new RenameTeam('t1', 'x'),
      new AddTeamMember('t1', 'm1'),
      new RemoveTeamMember('t1', 'm1'),
    ]) {
      given(teamDecider, created, archived).when(command).thenRefused('team.archived');
    }
  });

  it('is unknown before', () => {
    for (const command of [new RenameTeam('t1', 'x'), new AddTeamMember('t1', 'm1'), new ArchiveTeam('t1')]) {
      given(teamDecider).when(command).thenRefused('team.not-found');
    }
  });

  it('names the field that two people may change at the same time', () => {
    expect(teamDecider.sets?.(new RenameTeam('t1', 'x'))).toEqual({ name: 'x' });
    expect(teamDecider.sets?.(new AddTeamMember('t1', 'm1'))).toEqual({});
    expect(teamDecider.changes?.({ type: 'TeamRenamed', data: { name: 'x' } })).toEqual({ name: 'x' });
    expect(teamDecider.changes?.(added)).toEqual({});
  });

  it('holds its rules whatever is asked of it', () => {
    const id = fc.constantFrom('m1', 'm2', 'm3');
    const command = fc.oneof(
      fc.constant(new CreateTeam('t1', 'Billing')),
      fc.constantFrom('a', 'b').map((name) => new RenameTeam('t1', name)),
      id.map((memberId) => new AddTeamMember('t1', memberId)),
      id.map((memberId) => new RemoveTeamMember('t1', memberId)),
      fc.constant(new ArchiveTeam('t1')),
    );
    const metadata = {} as EventMetadata;
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events: (TeamEvent & { metadata: EventMetadata })[] = [];
        for (const next of commands) {
          const state = fold(teamDecider, events);
          try {
            const decided = teamDecider.decide(next, state, { actor: 'system:test', now: 0 });
            events.push(...decided.map((event) => ({ ...event, metadata })));
            // Asked again right away, nothing more happens.
            if (!(next instanceof CreateTeam) && decided.length > 0 && events.at(-1)?.type !== 'TeamArchived') {
              expect(teamDecider.decide(next, fold(teamDecider, events), { actor: 'system:test', now: 0 })).toEqual([]);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
        }
        const members = fold(teamDecider, events)?.memberIds ?? [];
        expect(new Set(members).size).toBe(members.length);
      }),
    );
  });
});
