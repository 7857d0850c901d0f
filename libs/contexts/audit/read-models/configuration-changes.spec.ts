import { streamName } from '@ledgerdesk/event-store';
import { type DomainEvent, ERASED, Personal, type Recorded } from '@ledgerdesk/kernel';
import { configurationChanges } from './configuration-changes.projection.js';

const workspaceId = '00000000-0000-7000-8000-000000000001';
const teamId = '00000000-0000-7000-8000-0000000000b1';

function recorded(event: DomainEvent, kind = 'team'): Recorded {
  return {
    ...event,
    id: '00000000-0000-7000-8000-0000000000e1',
    stream: streamName(kind, workspaceId, teamId),
    revision: 4,
    position: '17',
    metadata: {
      workspaceId,
      actor: 'member:00000000-0000-7000-8000-0000000000a1',
      cause: 'command:RenameTeam',
      commandId: 'c',
      correlationId: 'c',
      v: '1',
      occurredAt: '2026-11-20T09:00:00.000Z',
      recordedAt: '2026-11-20T10:00:00.000Z',
      previousHash: 'p',
      hash: 'h',
    },
  };
}

const rowOf = (event: Recorded): ReturnType<typeof configurationChanges.apply> =>
  configurationChanges.apply(undefined, event, event.id);

describe('the changes of the configuration', () => {
  it('are one row per event: who, what, when it was recorded, and the hash by which it is proven', () => {
    const renamed = recorded({ type: 'TeamRenamed', data: { name: 'Billing ÄÖ' } });
    expect(configurationChanges.keysOf(renamed)).toEqual([renamed.id]);
    expect(rowOf(renamed)).toEqual({
      id: renamed.id,
      workspaceId,
      kind: 'team',
      subjectId: teamId,
      revision: 4,
      type: 'TeamRenamed',
      actor: 'member:00000000-0000-7000-8000-0000000000a1',
      cause: 'command:RenameTeam',
      at: new Date('2026-11-20T10:00:00.000Z'),
      hash: 'h',
      changes: '[{"field":"name","to":"Billing ÄÖ"}]',
      words: 'team\nteamrenamed\nname\nbilling äö',
    });
  });

  it('lose the name when somebody was erased and their history is told again', () => {
    const named = (text: string | typeof ERASED): Recorded =>
      recorded({ type: 'MemberRenamed', data: { name: new Personal(teamId, text) } }, 'member');
    expect(JSON.stringify(rowOf(named('Grace Hopper')))).toMatch(/Grace Hopper.*grace hopper/);
    expect(JSON.stringify(rowOf(named(ERASED)))).not.toMatch(/grace/i);
  });
});
