import fc from 'fast-check';
import { DomainError } from '@ledgerdesk/kernel';
import { LONGEST_NAME, nameText } from './workspace-text.js';

describe('nameText', () => {
  it('D9 stores what people see: composed, single-spaced, nothing invisible', () => {
    expect(nameText('  Jose\u0301 \t\n Garci\u0301a ', 'member')).toBe('José García');
    expect(nameText('Bil\u202eling\u200b\u0000', 'team')).toBe('Billing');
    expect(nameText('משה כהן', 'member')).toBe('משה כהן');
  });

  it('counts code points, not bytes or halves of emoji', () => {
    expect(nameText('😀'.repeat(LONGEST_NAME), 'team')).toHaveLength(LONGEST_NAME * 2);
    expect(() => nameText('x'.repeat(LONGEST_NAME + 1), 'team')).toThrow(
      expect.objectContaining({ code: 'team.name-too-long' }) as Error,
    );
  });

  it.each(['', '   ', '\u200b\u202e', '\u0000'])('refuses a name that nobody can see: %j', (text) => {
    expect(() => nameText(text, 'member')).toThrow(expect.objectContaining({ code: 'member.name-empty' }) as Error);
  });

  it('is stable and refuses with a code whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          const name = nameText(text, 'team');
          expect(nameText(name, 'team')).toBe(name);
          expect(name).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });
});
