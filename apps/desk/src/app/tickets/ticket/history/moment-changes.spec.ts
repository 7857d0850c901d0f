import { ticketOf } from '../../testing/tickets';
import { momentChanges } from './moment-changes';

describe('what changed between two moments', () => {
  it('is nothing for the first event, nor when only counts and instants moved', () => {
    expect(momentChanges(undefined, ticketOf())).toEqual([]);
    expect(
      momentChanges(ticketOf(), ticketOf({ version: 9, updatedAt: '2026-12-01T00:00:00Z', messageCount: 4 })),
    ).toEqual([]);
  });

  it('are plain fields with both values', () => {
    expect(momentChanges(ticketOf({ status: 'new' }), ticketOf({ status: 'open', assigneeId: 'm1' }))).toEqual([
      { field: 'status', from: 'new', to: 'open' },
      { field: 'assigneeId', from: null, to: 'm1' },
    ]);
  });

  it('are tags, custom fields and links one by one', () => {
    const before = ticketOf({ tags: ['vip', 'old'], customFields: { order: 'NW-1', gone: true } });
    const after = ticketOf({
      tags: ['vip', 'new'],
      customFields: { order: 'NW-2' },
      links: [{ ticketId: 't2', relation: 'related' }],
    });
    expect(momentChanges(before, after)).toEqual([
      { field: 'tag:old', from: 'old', to: null },
      { field: 'field:order', from: 'NW-1', to: 'NW-2' },
      { field: 'field:gone', from: true, to: null },
      { field: 'tag:new', from: null, to: 'new' },
      { field: 'link:related:t2', from: null, to: 't2' },
    ]);
  });
});
