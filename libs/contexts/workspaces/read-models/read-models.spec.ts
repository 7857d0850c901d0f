import { type DomainEvent, ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import { streamName } from '@ledgerdesk/event-store';
import type { Projection, ProjectionRow } from '@ledgerdesk/read-store';
import { members } from './members.projection.js';
import { workspaces } from './workspaces.projection.js';
import { teams } from './teams.projection.js';

const WORKSPACE = '01936c0e-7a00-7000-8000-000000000009';
const ID = '01936c0e-7a00-7000-8000-000000000001';

function recorded(category: string, event: DomainEvent, revision: number): Recorded {
  const metadata = { workspaceId: WORKSPACE, occurredAt: '2026-03-02T12:00:00.000Z' } as Recorded['metadata'];
  return { ...event, id: 'e', stream: streamName(category, WORKSPACE, ID), revision, position: '1', metadata };
}

function rowAfter<Row extends ProjectionRow>(projection: Projection<Row>, ...events: DomainEvent[]): Row | undefined {
  const [category = ''] = projection.categories;
  return events.reduce<Row | undefined>((row, event, revision) => {
    const next = recorded(category, event, revision);
    expect(projection.keysOf(next)).toEqual([ID]);
    return projection.apply(row, next, ID);
  }, undefined);
}

describe('members', () => {
  const joined = {
    type: 'MemberJoined',
    data: { memberId: ID, accountId: 'a1', name: new Personal(ID, 'Maya'), role: 'agent' },
  };
  const row = { id: ID, workspaceId: WORKSPACE, name: 'Maya', role: 'agent', status: 'active', canSignIn: true };

  it('shows who works here', () => {
    expect(rowAfter(members, joined)).toEqual(row);
    expect(
      rowAfter(
        members,
        joined,
        { type: 'MemberRenamed', data: { name: new Personal(ID, 'Maya Berg') } },
        { type: 'MemberRoleChanged', data: { from: 'agent', to: 'admin' } },
        { type: 'MemberDeactivated', data: {} },
      ),
    ).toEqual({ ...row, name: 'Maya Berg', role: 'admin', status: 'deactivated' });
    expect(
      rowAfter(members, joined, { type: 'MemberDeactivated', data: {} }, { type: 'MemberReactivated', data: {} }),
    ).toEqual(row);
  });

  it('marks people who only appear in imported history', () => {
    const data = { memberId: ID, name: new Personal(ID, 'Resolver 7'), source: 's', externalId: 'x' };
    expect(rowAfter(members, { type: 'ImportedMemberRegistered', data })).toMatchObject({ canSignIn: false });
  });

  it('shows no name of somebody who was erased', () => {
    const data = { ...joined.data, name: new Personal(ID, ERASED) };
    expect(rowAfter(members, { type: 'MemberJoined', data })).toEqual({ ...row, name: null });
  });

  it('keeps the row of an erased member, without a name', () => {
    const requested = { type: 'MemberErasureRequested', data: { keyId: ID, reason: 'unlawful' } };
    expect(rowAfter(members, joined, requested)).toEqual({ ...row, status: 'deactivated' });
    expect(rowAfter(members, joined, requested, { type: 'MemberErased', data: { keyId: ID } })).toEqual({
      ...row,
      name: null,
      status: 'erased',
    });
  });

  it('keeps its row when a newer release writes something it does not know', () => {
    expect(rowAfter(members, joined, { type: 'MemberPromotedToLegend', data: {} })).toEqual(row);
  });
});

describe('teams', () => {
  const created = { type: 'TeamCreated', data: { teamId: ID, name: 'Billing' } };

  it('shows teams with their members and their version', () => {
    expect(
      rowAfter(
        teams,
        created,
        { type: 'TeamMemberAdded', data: { memberId: 'm1' } },
        { type: 'TeamRenamed', data: { name: 'Accounts' } },
        { type: 'TeamArchived', data: {} },
      ),
    ).toEqual({
      id: ID,
      workspaceId: WORKSPACE,
      name: 'Accounts',
      memberIds: ['m1'],
      archived: true,
      version: 3,
    });
  });
});

describe('workspaces', () => {
  const opened = {
    type: 'WorkspaceOpened',
    data: { workspaceId: ID, slug: 'northwind', name: 'Northwind', timeZone: 'UTC', language: 'en' },
  };
  const at = new Date('2026-03-02T12:00:00.000Z');
  const row = {
    id: ID,
    workspaceId: WORKSPACE,
    slug: 'northwind',
    name: 'Northwind',
    timeZone: 'UTC',
    language: 'en',
    openedAt: at,
    suspendedSince: null,
    suspendedBecause: null,
  };

  it('shows what they are called', () => {
    expect(rowAfter(workspaces, opened, { type: 'WorkspaceConfigured', data: { name: 'Northwind Ltd' } })).toEqual({
      ...row,
      name: 'Northwind Ltd',
    });
  });

  it('C8 shows which are suspended, since when and why, until they are not', () => {
    const suspended = { type: 'WorkspaceSuspended', data: { from: 'active', to: 'suspended', reason: 'Spam.' } };
    const reactivated = { type: 'WorkspaceReactivated', data: { from: 'suspended', to: 'active', reason: 'Sorry.' } };
    expect(rowAfter(workspaces, opened, suspended)).toEqual({ ...row, suspendedSince: at, suspendedBecause: 'Spam.' });
    expect(rowAfter(workspaces, opened, suspended, reactivated)).toEqual(row);
  });

  it('bears an event of a newer release', () => {
    expect(rowAfter(workspaces, opened, { type: 'WorkspacePainted', data: {} })).toEqual(row);
    expect(rowAfter(workspaces, { type: 'WorkspaceConfigured', data: {} })).toBeUndefined();
  });
});
