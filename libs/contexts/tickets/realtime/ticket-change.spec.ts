import fc from 'fast-check';
import { ticketExample } from '../http/ticket-view.schemas.js';
import { difference, withoutText } from './ticket-change.js';

describe('a patch', () => {
  it('holds what changed and nothing else', () => {
    const after = { ...ticketExample, status: 'solved', tags: ['invoice'], version: 5 } as const;
    expect(difference(ticketExample, after)).toEqual({ status: 'solved', version: 5 });
  });

  it('makes the old view the new one, whatever changed', () => {
    const values = fc.record({
      subject: fc.option(fc.string()),
      tags: fc.array(fc.string()),
      customFields: fc.dictionary(fc.string(), fc.string()),
      version: fc.nat(),
    });
    fc.assert(
      fc.property(values, values, (one, two) => {
        const before = { ...ticketExample, ...one };
        const after = { ...ticketExample, ...two };
        expect({ ...before, ...difference(before, after) }).toEqual(after);
      }),
    );
  });

  it('carries no message text to auditors', () => {
    const change = { type: 'NoteAdded', stream: 's', version: 1, position: 'p', at: 'now', patch: ticketExample };
    expect(withoutText(change).patch).not.toHaveProperty('preview');
  });
});
