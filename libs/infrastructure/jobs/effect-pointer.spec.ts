import fc from 'fast-check';
import { parsePointer, pointerText } from './effect-pointer.js';

describe('effect pointers', () => {
  it('come back as they went', () => {
    const reaction = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
    fc.assert(
      fc.property(reaction, fc.uuid(), (name, eventId) => {
        expect(parsePointer(pointerText({ reaction: name, eventId }))).toEqual({ reaction: name, eventId });
      }),
    );
  });

  it.each([
    undefined,
    7,
    {},
    '',
    'close-solved-ticket',
    'x-00000000-0000-0000-0000-00000000000g',
    `${'a'.repeat(200)}-x`,
  ])('A13 refuses %p from the queue', (text) => {
    expect(parsePointer(text)).toBeUndefined();
  });
});
