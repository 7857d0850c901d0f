import fc from 'fast-check';
import { Abilities, authorize, type Permissions, type Principal, ROLES, subject } from './index.js';

const notes: Permissions = {
  Note: {
    read: ROLES,
    edit: ['owner', { roles: ['agent', 'supervisor'], when: ({ memberId }) => [{ authorId: memberId }] }],
  },
};
const principal = (role: Principal['role'], memberId = 'm1'): Principal => ({
  accountId: 'a1',
  memberId,
  workspaceId: 'w1',
  sessionId: 's1',
  role,
});

describe('abilities', () => {
  const abilities = new Abilities([notes]);

  it('allows what a context gives to the role, and nothing else', () => {
    const auditor = abilities.abilityFor(principal('auditor'));
    expect(auditor.can('read', 'Note')).toBe(true);
    expect(auditor.can('edit', 'Note')).toBe(false);
    expect(auditor.can('read', 'Ticket')).toBe(false);
    expect(auditor.can('manage', 'all')).toBe(false);
  });

  it('asks the aggregate when a grant has a condition', () => {
    const agent = abilities.abilityFor(principal('agent'));
    expect(() => {
      authorize(agent, 'edit', subject('Note', { authorId: 'm1' }));
    }).not.toThrow();
    expect(() => {
      authorize(agent, 'edit', subject('Note', { authorId: 'm2' }));
    }).toThrow(expect.objectContaining({ kind: 'forbidden', code: 'auth.forbidden' }) as Error);
    expect(abilities.abilityFor(principal('owner')).can('edit', subject('Note', { authorId: 'm2' }))).toBe(true);
  });

  it('C9 takes conditions from code only: an aggregate with hostile keys neither passes nor pollutes', () => {
    const agent = abilities.abilityFor(principal('agent'));
    fc.assert(
      fc.property(fc.object({ withNullPrototype: true }), (hostile) => {
        expect(agent.can('edit', subject('Note', { ...hostile, authorId: 'm2' }))).toBe(false);
      }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('does not tag the object that was asked about', () => {
    const note = Object.freeze({ authorId: 'm1' });
    expect(subject('Note', note)).not.toBe(note);
    expect(subject('Other', subject('Note', note))).toMatchObject(note);
  });

  it('remembers an ability by member and role', () => {
    expect(abilities.abilityFor(principal('agent'))).toBe(abilities.abilityFor(principal('agent')));
    expect(abilities.abilityFor(principal('agent', 'm2'))).not.toBe(abilities.abilityFor(principal('agent')));
    expect(abilities.abilityFor(principal('owner'))).not.toBe(abilities.abilityFor(principal('agent')));
  });

  it('asks nothing of an aggregate where one of the conditions asks nothing', () => {
    const everywhere = new Abilities([{ Note: { read: [{ roles: ROLES, when: () => [{ authorId: 'm9' }, {}] }] } }]);
    expect(everywhere.rulesFor(principal('agent'))).toEqual([{ action: ['read'], subject: 'Note' }]);
    expect(everywhere.sightOf(principal('agent'))).toBeUndefined();
  });

  it('C3 holds commands against what is seen, by category, and only where something is hidden', () => {
    const some: Permissions = {
      Note: { read: [{ roles: ['agent'], when: ({ confinedTo = [] }) => [{ teamId: { $in: confinedTo } }] }, 'owner'] },
      Team: { read: ROLES },
    };
    const confining = new Abilities([some]);
    expect(confining.sightOf(principal('owner'))).toBeUndefined();
    const sees = confining.sightOf({ ...principal('agent'), confinedTo: ['t1'] });
    expect(['t1', 't2', null].map((teamId) => sees?.('note', { teamId }))).toEqual([true, false, false]);
    expect([sees?.('team', {}), sees?.('reading', {})]).toEqual([true, true]);
    const moved = confining.sightOf({ ...principal('agent'), confinedTo: ['t2'] });
    expect(moved?.('note', { teamId: 't2' })).toBe(true);
  });

  it('refuses two contexts that speak for the same subject', () => {
    expect(() => new Abilities([notes, notes])).toThrow('Note');
  });

  it('packs the rules of a subject into one', () => {
    expect(abilities.rulesFor(principal('owner'))).toEqual([{ action: ['read', 'edit'], subject: 'Note' }]);
    expect(abilities.rulesFor(principal('agent'))).toEqual([
      { action: ['read'], subject: 'Note' },
      { action: 'edit', subject: 'Note', conditions: { authorId: 'm1' } },
    ]);
  });
});
