import fc from 'fast-check';
import { DomainError } from '@ledgerdesk/kernel';
import { categoryText, fieldName, fieldValue, proseText, subjectText, tagTexts } from './ticket-text.js';

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('texts of tickets', () => {
  it('gives the same prose again, which the ledger can store', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (text) => {
        const prose = codeOf(() => proseText(text, 500, 'body')) === undefined ? proseText(text, 500, 'body') : 'x';
        expect(proseText(prose, 500, 'body')).toBe(prose);
        expect(prose.isWellFormed()).toBe(true);
        expect(prose).not.toContain('\u0000');
      }),
    );
    expect(proseText('a\r\nb\rc\td', 99, 'body')).toBe('a\nb\nc\td');
    expect(proseText('👩‍💻 \u202bשלום\u202c', 99, 'body')).toBe('👩‍💻 \u202bשלום\u202c');
    expect(proseText('a\ud800b', 99, 'body')).toBe('ab');
  });

  it('folds tags to one form, so that two spellings are one tag', () => {
    expect(tagTexts(['VIP', 'vip', ' ＶＩＰ ', 'vi\u200bp', 'On  Fire'])).toEqual(['on-fire', 'vip']);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 })), (tags) => {
        const seen = tags.filter((tag) => codeOf(() => tagTexts([tag])) === undefined);
        const folded = tagTexts(seen);
        expect(tagTexts(folded)).toEqual(folded);
        expect(folded).toEqual([...new Set(folded)].sort());
        expect(folded.join('')).not.toMatch(/\s/);
      }),
    );
  });

  it('refuses what is empty or too long, by name', () => {
    expect(codeOf(() => subjectText('\u200b \n'))).toBe('ticket.subject-empty');
    expect(codeOf(() => subjectText('x'.repeat(256)))).toBe('ticket.subject-too-long');
    expect(subjectText('x'.repeat(255))).toHaveLength(255);
    expect(codeOf(() => proseText('\u0000', 10, 'body'))).toBe('ticket.body-empty');
    expect(codeOf(() => proseText('x'.repeat(11), 10, 'body'))).toBe('ticket.body-too-long');
    expect(codeOf(() => tagTexts(['\u202e']))).toBe('ticket.tag-empty');
    expect(codeOf(() => tagTexts(['x'.repeat(51)]))).toBe('ticket.tag-too-long');
    expect(codeOf(() => categoryText('x'.repeat(101)))).toBe('ticket.category-too-long');
    expect(categoryText(' \t ')).toBeNull();
    expect(categoryText(null)).toBeNull();
  });

  it('names fields like identifiers and holds finite numbers', () => {
    expect(fieldName('serial_no2')).toBe('serial_no2');
    for (const name of ['', 'Serial', '2nd', '__proto__', 'a b', 'ä', `a${'b'.repeat(40)}`]) {
      expect(codeOf(() => fieldName(name))).toBe('ticket.field-name');
    }
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(codeOf(() => fieldValue(value))).toBe('ticket.field-number');
    }
    expect(Object.is(fieldValue(-0), 0)).toBe(true);
    expect(fieldValue(' ')).toBeNull();
    expect(fieldValue(false)).toBe(false);
    expect(codeOf(() => fieldValue('x'.repeat(2_001)))).toBe('ticket.field-too-long');
  });
});
