import { summaryOf } from '../testing/tickets';
import { belongs, enters, viewOf } from './standard-views';

describe('belongs', () => {
  const mine = { status: 'open', assigneeId: 'me' } as const;

  it.each([
    ['mine', mine, true],
    ['mine', { ...mine, assigneeId: 'other' }, false],
    ['mine', { ...mine, status: 'solved' }, false],
    ['unassigned', { status: 'new', assigneeId: null }, true],
    ['unassigned', mine, false],
    ['all_open', { status: 'on_hold' }, true],
    ['all_open', { status: 'closed' }, false],
    ['closed', { status: 'merged' }, true],
    ['trashed', { status: 'trashed' }, true],
  ] as const)('%s: %j → %s', (view, fields, answer) => {
    expect(belongs(summaryOf(fields), { view }, 'me')).toBe(answer);
  });

  it('asks for the team when one is chosen', () => {
    const shown = { view: 'all_open', team: 'billing' } as const;
    expect(belongs(summaryOf({ teamId: 'billing' }), shown, 'me')).toBe(true);
    expect(belongs(summaryOf({ teamId: null }), shown, 'me')).toBe(false);
  });
});

describe('enters', () => {
  it('judges by the field that the view is about', () => {
    expect(enters({ assigneeId: 'me' }, { view: 'mine' }, 'me')).toBe(true);
    expect(enters({ status: 'open' }, { view: 'mine' }, 'me')).toBe(false);
    expect(enters({ assigneeId: null }, { view: 'unassigned' }, 'me')).toBe(true);
    expect(enters({ status: 'solved' }, { view: 'solved' }, 'me')).toBe(true);
    expect(enters({ priority: 'high' }, { view: 'all_open' }, 'me')).toBe(false);
  });

  it('refuses what came with a status of another view', () => {
    expect(enters({ status: 'closed', assigneeId: 'me' }, { view: 'mine' }, 'me')).toBe(false);
  });
});

describe('viewOf', () => {
  it('falls back to all open tickets', () => {
    expect(viewOf('mine')).toBe('mine');
    expect(viewOf('constructor')).toBe('all_open');
    expect(viewOf(undefined)).toBe('all_open');
  });
});
