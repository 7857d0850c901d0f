import { Abilities, type Permissions, type Principal, ROLES } from '@ledgerdesk/auth';
import { TICKET_PERMISSIONS } from '../permissions.js';
import { Parameters, visibleFilters, visibleTickets } from './visible-tickets.js';

const MEMBER: Principal = { accountId: 'a1', memberId: 'm1', workspaceId: 'w1', sessionId: 's1', role: 'agent' };

function compiled(permissions: Permissions, member: Principal = MEMBER): readonly unknown[] {
  const ability = new Abilities([permissions]).abilityFor(member);
  const parameters = new Parameters();
  return [visibleTickets(ability, parameters), parameters.values, visibleFilters(ability)];
}

const reading = (...conditions: object[]): Permissions => ({
  Ticket: { read: [{ roles: ROLES, when: () => conditions }] },
});

describe('the tickets that an ability may read', () => {
  it('are all of them for who is not confined', () => {
    expect(compiled(TICKET_PERMISSIONS)).toEqual(['((true))', [], []]);
  });

  it('are those of the teams and of oneself for who is', () => {
    const [sql, values, filters] = compiled(TICKET_PERMISSIONS, { ...MEMBER, confinedTo: ['t1', 't2'] });
    expect(sql).toBe('((true and inbox.team_id = any($1::uuid[])) or (true and inbox.assignee_id = any($2::uuid[])))');
    expect(values).toEqual([['t1', 't2'], ['m1']]);
    const own = { column: 'assignee_id', is: 'in', values: ['m1'], not: false };
    const team = { column: 'team_id', is: 'in', values: ['t1', 't2'], not: false };
    expect(filters).toEqual([{ any: [[team], [own]], not: false }]);
  });

  it('are none without any rule', () => {
    expect(compiled({ Ticket: { read: ['owner'] } })).toEqual(['false', [], [{ any: [], not: false }]]);
  });

  it('hold all conditions of one rule', () => {
    const [sql, , filters] = compiled(reading({ status: 'new', teamId: null }));
    expect(sql).toBe('((true and inbox.status = any($1::text[]) and inbox.team_id is null))');
    const status = { column: 'status', is: 'in', values: ['new'], not: false };
    expect(filters).toEqual([{ any: [[status, { column: 'team_id', is: 'empty', not: false }]], not: false }]);
  });

  it.each([
    [{ subject: 'x' }],
    [{ constructor: 'x' }],
    [{ __proto__: null, 'a; select': 'x' }],
    [{ teamId: { $gt: 1 } }],
  ])('C9 can not depend on what is not named here: %j', (condition) => {
    expect(() => compiled(reading(condition))).toThrow('A permission for tickets can not');
  });
});
