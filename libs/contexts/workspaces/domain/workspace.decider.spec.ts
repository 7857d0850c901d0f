import { given } from '@ledgerdesk/testing';
import { ChangeSecurityPolicy, ConfigureWorkspace, OpenWorkspace } from './workspace.commands.js';
import { workspaceDecider } from './workspace.decider.js';
import type { SecurityPolicyChanged, WorkspaceOpened } from './workspace.events.js';

const opened: WorkspaceOpened = {
  type: 'WorkspaceOpened',
  data: {
    workspaceId: 'w1',
    slug: 'northwind',
    name: 'Northwind',
    timeZone: 'UTC',
    language: 'en',
    reopenWindowDays: 7,
    autoCloseDays: 7,
    undoSendSeconds: 10,
    agentsSee: 'all_tickets',
    supportAccess: 'allowed',
  },
};

describe('workspace', () => {
  it('opens with quiet defaults', () => {
    given(workspaceDecider)
      .when(new OpenWorkspace('w1', { name: ' Northwind ', slug: 'northwind' }))
      .then(opened);
  });

  it('opens once', () => {
    given(workspaceDecider, opened)
      .when(new OpenWorkspace('w1', { name: 'Northwind', slug: 'northwind' }))
      .thenRefused('workspace.exists');
  });

  it.each(['', 'a', '-ab', 'ab-', 'a--b', 'Ab', 'a_b', `a${'b'.repeat(40)}`, '1ab', 'ü12'])(
    'refuses the slug %j',
    (slug) => {
      expect(() => new OpenWorkspace('w1', { name: 'N', slug })).toThrow(
        expect.objectContaining({ code: 'workspace.slug-invalid' }) as Error,
      );
    },
  );

  it('changes only what differs, and says what it was', () => {
    given(workspaceDecider, opened)
      .when(new ConfigureWorkspace('w1', { name: 'Northwind', timeZone: 'Europe/Berlin', autoCloseDays: 14 }))
      .then({
        type: 'WorkspaceConfigured',
        data: { timeZone: 'Europe/Berlin', autoCloseDays: 14, from: { timeZone: 'UTC', autoCloseDays: 7 } },
      });
    given(workspaceDecider, opened)
      .when(new ConfigureWorkspace('w1', { language: 'en' }))
      .thenNothing();
  });

  it('keeps what was configured', () => {
    const configured = { type: 'WorkspaceConfigured', data: { language: 'de', from: { language: 'en' } } } as const;
    expect(given(workspaceDecider, opened, configured).state()).toEqual({
      ...opened.data,
      secondFactor: 'optional',
      language: 'de',
    });
  });

  it('lets replies be taken back for ten seconds when it was opened before that could be said', () => {
    const { undoSendSeconds: _, ...before } = opened.data;
    expect(given(workspaceDecider, { ...opened, data: before }).state()).toEqual({
      ...opened.data,
      secondFactor: 'optional',
    });
  });

  it('lets agents see everything when it was opened before that could be confined', () => {
    const { agentsSee: _, ...before } = opened.data;
    expect(given(workspaceDecider, { ...opened, data: before }).state()).toEqual({
      ...opened.data,
      secondFactor: 'optional',
    });
  });

  it('is unknown until it was opened', () => {
    given(workspaceDecider)
      .when(new ConfigureWorkspace('w1', { language: 'de' }))
      .thenRefused('workspace.not-found');
  });

  it.each([
    [{ name: '' }, 'workspace.name-empty'],
    [{ timeZone: 'Mars/Olympus' }, 'workspace.time-zone-unknown'],
    [{ language: '' }, 'workspace.language-unknown'],
    [{ language: 'not a tag' }, 'workspace.language-unknown'],
    [{ reopenWindowDays: -1 }, 'workspace.days-out-of-range'],
    [{ autoCloseDays: 1.5 }, 'workspace.days-out-of-range'],
    [{ autoCloseDays: 366 }, 'workspace.days-out-of-range'],
    [{ undoSendSeconds: -1 }, 'workspace.undo-send-out-of-range'],
    [{ undoSendSeconds: 0.5 }, 'workspace.undo-send-out-of-range'],
    [{ undoSendSeconds: 61 }, 'workspace.undo-send-out-of-range'],
  ])('refuses %j', (settings, code) => {
    expect(() => new ConfigureWorkspace('w1', settings)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('writes languages in their one form', () => {
    expect(new ConfigureWorkspace('w1', { language: 'DE-at' }).settings.language).toBe('de-AT');
  });

  it('says of a change of how members prove who they are what it was before', () => {
    const required: SecurityPolicyChanged = {
      type: 'SecurityPolicyChanged',
      data: { secondFactor: 'required', from: { secondFactor: 'optional' } },
    };
    const require = new ChangeSecurityPolicy('w1', { secondFactor: 'required' });
    given(workspaceDecider, opened).when(require).then(required);
    given(workspaceDecider, opened, required).when(require).thenNothing();
    given(workspaceDecider, opened, required)
      .when(new ChangeSecurityPolicy('w1', { secondFactor: 'optional' }))
      .then({
        type: 'SecurityPolicyChanged',
        data: { secondFactor: 'optional', from: { secondFactor: 'required' } },
      });
    given(workspaceDecider).when(require).thenRefused('workspace.not-found');
    expect(given(workspaceDecider, opened, required).state()).toMatchObject({ secondFactor: 'required' });
    expect(workspaceDecider.sets?.(require)).toEqual({ secondFactor: 'required' });
    expect(workspaceDecider.changes?.(required)).toEqual({ secondFactor: 'required' });
  });

  it('names the fields that two people may change at the same time', () => {
    expect(workspaceDecider.sets?.(new ConfigureWorkspace('w1', { language: 'de' }))).toEqual({ language: 'de' });
    expect(workspaceDecider.changes?.({ type: 'WorkspaceConfigured', data: { language: 'de', from: {} } })).toEqual({
      language: 'de',
    });
    expect(workspaceDecider.changes?.(opened)).toEqual({});
  });
});
