import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import { changesOf, CONFIGURATION } from './configuration-change.js';

/** Kinds of streams that hold no configuration, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  ticket: 'the work itself',
  invitation: 'asks somebody; what changes is that a member joins',
  customer: 'the people who ask for help',
  address: 'belongs to customers',
  export: 'takes something out, changes nothing',
  impersonation: 'notes who came in for whom; what they change stands where it was changed',
  platform: 'about the installation, not about a workspace',
  reading: 'notes who read texts, changes nothing',
};

const of = (type: string, data: object): ReturnType<typeof changesOf> => changesOf({ type, data }, 'subject');

describe('what an event of the configuration changed', () => {
  it('is before and after of each field that it names', () => {
    expect(
      of('WorkspaceConfigured', { reopenWindowDays: 14, name: 'B', from: { reopenWindowDays: 7, name: 'A' } }),
    ).toEqual([
      { field: 'reopenWindowDays', from: 7, to: 14 },
      { field: 'name', from: 'A', to: 'B' },
    ]);
    expect(of('RoleChanged', { from: { allows: ['a'] }, to: { allows: ['a', 'b'] } })).toEqual([
      { field: 'allows', from: ['a'], to: ['a', 'b'] },
    ]);
    expect(of('Something', { from: 1, to: 2 })).toEqual([{ field: 'value', from: 1, to: 2 }]);
  });

  it('leaves open what was before, where only an earlier event says it', () => {
    expect(of('TeamRenamed', { name: 'Billing' })).toEqual([{ field: 'name', to: 'Billing' }]);
    expect(of('TeamCreated', { teamId: 'subject', name: 'Billing' })).toEqual([{ field: 'name', to: 'Billing' }]);
  });

  it('says what events mean that only say what happened', () => {
    expect(of('TeamArchived', {})).toEqual([{ field: 'archived', from: false, to: true }]);
    expect(of('MemberDeactivated', {})).toEqual([{ field: 'status', from: 'active', to: 'deactivated' }]);
    expect(of('MemberRoleChanged', { from: 'agent', to: 'admin' })).toEqual([
      { field: 'role', from: 'agent', to: 'admin' },
    ]);
    expect(of('TeamMemberRemoved', { memberId: 'm1' })).toEqual([{ field: 'memberId', from: 'm1', to: null }]);
  });

  it('says of an API key everything but by what its secret is known', () => {
    const key = {
      keyId: 'subject',
      memberId: 'm1',
      name: 'Shop',
      scopes: ['tickets:read'],
      networks: [],
      expiresAt: null,
    };
    const created = of('ApiKeyCreated', { ...key, digest: 'd1', ending: 'aaaa' });
    expect(created.map(({ field }) => field)).toEqual([
      'name',
      'memberId',
      'scopes',
      'networks',
      'expiresAt',
      'ending',
    ]);
    const rolled = { digest: 'd2', ending: 'bbbb', previousEnding: 'aaaa', previousGoodUntil: 'then' };
    expect(of('ApiKeyRolled', rolled)).toEqual([
      { field: 'ending', from: 'aaaa', to: 'bbbb' },
      { field: 'previousGoodUntil', to: 'then' },
    ]);
    expect(of('ApiKeyRevoked', {})).toEqual([{ field: 'revoked', from: false, to: true }]);
  });

  it('holds no name of somebody who was erased', () => {
    const joined = (text: string | typeof ERASED): unknown =>
      of('MemberJoined', { memberId: 'subject', name: new Personal('subject', text), role: 'agent' })[0]?.to;
    expect(joined('Grace Hopper')).toBe('Grace Hopper');
    expect(joined(ERASED)).toEqual({ erased: true });
  });

  it('is read of every kind of stream but those that are known to hold none', () => {
    const root = join(__dirname, '../../..');
    const files = ['contexts', 'infrastructure/portability'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.includes('spec'))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    );
    const kinds = files.flatMap((text) =>
      [...text.matchAll(/^ {2}category: '([a-z-]+)'/gm)].map(([, kind = '']) => kind),
    );
    expect(kinds.length).toBeGreaterThan(CONFIGURATION.length);
    expect(kinds.filter((kind) => !(CONFIGURATION as readonly string[]).includes(kind) && !(kind in OTHERS))).toEqual(
      [],
    );
  });
});
