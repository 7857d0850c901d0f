import fc from 'fast-check';
import { characters, seenLine, seenProse } from './index.js';

describe('seenLine', () => {
  it.each([
    ['Anna\u202Egpj.exe', 'Annagpj.exe', 'a direction override'],
    ['pass\u200Bword', 'password', 'a space of no width'],
    ['a\u200Db', 'ab', 'a joiner that joins nothing'],
    ['me\u0301nage', 'm\u00E9nage', 'a letter and its accent'],
    ['  two \t\n lines ', 'two lines', 'white space'],
    ['\uFEFFbom\u0000', 'bom', 'a control'],
  ])('D9 of %j leaves %j: %s', (text, seen) => {
    expect(seenLine(text)).toBe(seen);
  });

  it.each([['👩\u200D👩\u200D👧\u200D👦'], ['👩🏽\u200D💻'], ['❤\uFE0F\u200D🔥'], ['می\u200Cخواهم']])(
    'keeps what joins in %j',
    (text) => {
      expect(seenLine(text)).toBe(text);
    },
  );

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(seenLine(seenLine(text))).toBe(seenLine(text));
      }),
    );
  });
});

describe('seenProse', () => {
  it('keeps lines and loses controls', () => {
    expect(seenProse('one\r\ntwo\u0007\rthree ')).toBe('one\ntwo\nthree');
  });
});

describe('characters', () => {
  it('counts an emoji outside the first plane once', () => {
    expect(characters('a😀b')).toBe(3);
  });
});
