import fc from 'fast-check';
import { SHORTEST_PASSWORD, unfitness } from './password-rules.js';

const owner = { email: 'maya.lindqvist@demo.test', demoPasswordAllowed: false };

describe('the rules of passwords', () => {
  it.each([
    'three quiet boats at noon',
    'correct horse battery',
    'Kürbis Fähre Vorhang',
    '日本語のとても長い合言葉です',
    '🐎🔋📎🌍🚲🎻🍋🧭🪁🛶🎒🧩',
    'xK7-pQ2-mZ9-wL4',
    'my password is a long one',
    'maya likes to walk in the rain',
  ])('takes %s', (password) => {
    expect(unfitness(password, owner)).toBeUndefined();
  });

  it.each([
    ['too-short', 'eleven char'],
    ['too-short', '🐎🔋📎🌍🚲🎻'],
    ['too-common', 'password1234'],
    ['too-common', 'Pass word_1234'],
    ['too-common', 'passwordpassword'],
    ['too-common', 'qwertyuiop12'],
    ['too-common', '123456789012'],
    ['too-common', 'aaaaaaaaaaaa'],
    ['too-common', '12121212121212'],
    ['too-common', 'correct horse battery staple'],
    ['too-common', 'Welcome2026!'],
    ['too-common', 'ｐａｓｓｗｏｒｄ１２３４'],
    ['too-common', 'ledgerdesk-demo'],
    ['about-you', 'maya.lindqvist@demo.test'],
    ['about-you', 'MayaLindqvist2026'],
    ['about-you', 'Ledgerdesk2026'],
    ['about-you', 'LEDGERDESK ledgerdesk'],
  ])('says %s of %s', (reason, password) => {
    expect(unfitness(password, owner)).toBe(reason);
  });

  it('lets demo logins keep theirs where the demo is shown, and nobody elsewhere', () => {
    expect(unfitness('ledgerdesk-demo', { ...owner, demoPasswordAllowed: true })).toBeUndefined();
    expect(unfitness('ledgerdesk-demo', owner)).toBe('too-common');
  });

  it('takes whatever three words there are, in any writing', () => {
    const words = fc.constantFrom('anchor', 'Butter', 'candle', 'Düne', 'ember', 'falcon', 'gravel', 'Hügel');
    fc.assert(
      fc.property(
        fc.uniqueArray(words, { minLength: 3, maxLength: 5 }),
        fc.constantFrom(' ', '-', '_', ', '),
        (chosen, between) => {
          const password = chosen.join(between);
          fc.pre([...password].length >= SHORTEST_PASSWORD);
          expect(unfitness(password, owner)).toBeUndefined();
        },
      ),
    );
  });

  it('finds the address and the product, however they are written and whatever little stands beside them', () => {
    const little = fc.stringMatching(/^[0-9!?#]{0,5}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('maya.lindqvist@demo.test', 'maya.lindqvist', 'ledgerdesk', 'ledgerdesk maya.lindqvist'),
        fc.boolean(),
        fc.constantFrom('', ' ', '-', '.', '__'),
        little,
        (name, loud, between, beside) => {
          const written = [...(loud ? name.toUpperCase() : name)].join(between) + beside;
          fc.pre([...written].length >= SHORTEST_PASSWORD);
          expect(unfitness(written, owner)).toBe('about-you');
        },
      ),
    );
  });

  it('says the same of the same password, whatever it is, and too-short of every short one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (password) => {
        const reason = unfitness(password, owner);
        expect(unfitness(password, owner)).toBe(reason);
        expect(reason === 'too-short').toBe([...password].length < SHORTEST_PASSWORD);
      }),
    );
  });
});
