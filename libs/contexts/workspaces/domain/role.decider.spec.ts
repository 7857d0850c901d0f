import fc from 'fast-check';
import { given } from '@ledgerdesk/testing';
import { ChangeRole, DefineRole, RetireRole } from './role.commands.js';
import { roleDecider } from './role.decider.js';
import type { RoleChanged, RoleDefined } from './role.events.js';

const defined: RoleDefined = {
  type: 'RoleDefined',
  data: { roleId: 'r1', name: 'Refunds', permissions: ['tickets.read', 'tickets.reply'] },
};
const retired = { type: 'RoleRetired', data: {} } as const;

describe('a role of a workspace', () => {
  it('is defined once, by a name that people see and permissions in one order', () => {
    given(roleDecider)
      .when(new DefineRole('r1', ' Refunds ', ['tickets.reply', 'tickets.read', 'tickets.reply']))
      .then(defined);
    given(roleDecider, defined)
      .when(new DefineRole('r1', 'Other', ['tickets.read']))
      .thenRefused('role.exists');
  });

  it('changes what is named, and says what it was', () => {
    given(roleDecider, defined)
      .when(new ChangeRole('r1', { name: 'Returns', permissions: ['tickets.reply', 'tickets.read'] }))
      .then({ type: 'RoleChanged', data: { name: 'Returns', from: { name: 'Refunds' } } });
    given(roleDecider, defined)
      .when(new ChangeRole('r1', { permissions: ['tickets.read'] }))
      .then({
        type: 'RoleChanged',
        data: { permissions: ['tickets.read'], from: { permissions: ['tickets.read', 'tickets.reply'] } },
      });
    given(roleDecider, defined)
      .when(new ChangeRole('r1', { name: 'Refunds' }))
      .thenNothing();
  });

  it('is retired once, and does not change any more then', () => {
    given(roleDecider, defined).when(new RetireRole('r1')).then(retired);
    given(roleDecider, defined, retired).when(new RetireRole('r1')).thenNothing();
    given(roleDecider, defined, retired)
      .when(new ChangeRole('r1', { name: 'Returns' }))
      .thenRefused('role.retired');
    expect(given(roleDecider, defined, retired).state()).toEqual({ ...defined.data, retired: true });
  });

  it.each([new ChangeRole('r1', { name: 'x' }), new RetireRole('r1')])('is unknown before: %p', (command) => {
    given(roleDecider).when(command).thenRefused('role.not-found');
  });

  it.each([
    ['', ['tickets.read'], 'role.name-empty'],
    ['x'.repeat(101), ['tickets.read'], 'role.name-too-long'],
    ['x', [], 'role.without-permission'],
  ])('refuses the name %j with %j', (name, permissions, code) => {
    expect(() => new DefineRole('r1', name, permissions)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('comes out as what was wished last, and a wish that changes nothing says nothing', () => {
    const wish = fc.record(
      {
        name: fc.constantFrom('A', 'B'),
        permissions: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(wish), (wishes) => {
        let events: (RoleDefined | RoleChanged)[] = [defined];
        for (const each of wishes) {
          const state = given(roleDecider, ...events).state();
          const command = new ChangeRole('r1', each);
          const told = roleDecider.decide(command, state, { actor: 'member:m1', now: 0 }) as RoleChanged[];
          events = [...events, ...told];
          const after = given(roleDecider, ...events).state();
          expect(after).toEqual({ ...state, ...command.content });
          expect(roleDecider.decide(command, after, { actor: 'member:m1', now: 0 })).toEqual([]);
        }
      }),
    );
  });

  it('merges changes of the name with changes of the permissions', () => {
    expect(roleDecider.sets?.(new ChangeRole('r1', { name: 'x' }))).toEqual({ name: 'x' });
    const changed: RoleChanged = { type: 'RoleChanged', data: { permissions: ['a'], from: { permissions: ['b'] } } };
    expect(roleDecider.changes?.(changed)).toEqual({ permissions: ['a'] });
    expect(roleDecider.changes?.(defined)).toEqual({});
  });
});
