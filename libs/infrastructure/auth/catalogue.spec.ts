import fc from 'fast-check';
import { Abilities, type Grantable, type Permissions, type Principal, ROLES } from './index.js';

const permissions: Permissions = {
  Note: {
    read: [{ roles: ROLES, when: ({ confinedTo }) => (confinedTo ? [{ teamId: { $in: confinedTo } }] : [{}]) }],
    write: ['owner', 'admin', 'agent'],
    sign: ['owner', { roles: ['agent'], when: ({ memberId }) => [{ authorId: memberId }] }],
  },
  Safe: { open: ['owner'] },
  Session: { end: ROLES },
};
const grantable: Grantable = {
  'notes.read': { opens: { Note: ['read'] } },
  'notes.write': { opens: { Note: ['write'] }, needs: ['notes.read'] },
  'notes.sign': { opens: { Note: ['sign'] }, needs: ['notes.read', 'notes.write'] },
};
const abilities = new Abilities([permissions], [grantable]);

function holding(...lines: string[]): Principal {
  const ids = { accountId: 'a1', memberId: 'm1', workspaceId: 'w1', sessionId: 's1' };
  return { ...ids, role: 'custom:r1', permissions: lines };
}

describe('the catalogue of permissions', () => {
  it('C4 opens for a custom role what its lines say, what every role may do, and nothing else', () => {
    const reader = abilities.abilityFor(holding('notes.read'));
    expect([reader.can('read', 'Note'), reader.can('end', 'Session')]).toEqual([true, true]);
    expect([reader.can('write', 'Note'), reader.can('open', 'Safe'), reader.can('manage', 'all')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(abilities.rulesFor(holding())).toEqual([{ action: ['end'], subject: 'Session' }]);
  });

  it('keeps the conditions of what it opens', () => {
    const confined = { ...holding('notes.read', 'notes.write', 'notes.sign'), confinedTo: ['t1'] };
    expect(abilities.rulesFor(confined)).toEqual([
      { action: ['write'], subject: 'Note' },
      { action: 'read', subject: 'Note', conditions: { teamId: { $in: ['t1'] } } },
      { action: 'sign', subject: 'Note', conditions: { authorId: 'm1' } },
      { action: ['end'], subject: 'Session' },
    ]);
    expect(abilities.sightOf(confined)?.('note', { teamId: 't2' })).toBe(false);
  });

  it('C9 takes any other name for none: what is stored never becomes a rule', () => {
    const nothing = abilities.rulesFor(holding());
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'manage all', 'Safe.open', 'toString')),
        ),
        (names) => {
          const unknown = names.filter((name) => !abilities.catalogue.has(name));
          expect(abilities.rulesFor(holding(...unknown))).toEqual(nothing);
        },
      ),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('says which lines each of the six roles amounts to', () => {
    expect(ROLES.map((role) => abilities.catalogue.of(role))).toEqual([
      ['notes.read', 'notes.write', 'notes.sign'],
      ['notes.read', 'notes.write'],
      ['notes.read'],
      ['notes.read', 'notes.write', 'notes.sign'],
      ['notes.read'],
      ['notes.read'],
    ]);
  });

  it('says what is missing beside what was chosen', () => {
    expect(abilities.catalogue.missingFrom(['notes.sign'])).toEqual(['notes.read', 'notes.write']);
    expect(abilities.catalogue.missingFrom(['notes.sign', 'notes.write', 'notes.read'])).toEqual([]);
  });

  it.each([
    ['C4 what only owners may do', { 'safe.open': { opens: { Safe: ['open'] } } }],
    ['what nobody may do', { 'note.burn': { opens: { Note: ['burn'] } } }],
    ['what needs something that is not there', { 'notes.x': { opens: { Note: ['read'] }, needs: ['notes.y'] } }],
  ])('is refused at the start when it holds %s', (_, wrong) => {
    expect(() => new Abilities([permissions], [wrong])).toThrow(Object.keys(wrong)[0]);
  });

  it('is refused at the start when two contexts name the same line', () => {
    expect(() => new Abilities([permissions], [grantable, grantable])).toThrow('Two contexts');
  });
});
