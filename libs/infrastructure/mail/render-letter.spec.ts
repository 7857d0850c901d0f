import fc from 'fast-check';
import { invitationLetter } from './letters/invitation.js';
import { mailLanguage } from './letters/letter.js';
import { passwordResetLetter } from './letters/password-reset.js';
import { renderLetter } from './render-letter.js';

const link = 'https://help.example.org/reset#abc.def-_1';

describe('a letter', () => {
  it.each(['en', 'de'] as const)('says the same as text and as HTML, in %s', (language) => {
    for (const letter of [
      passwordResetLetter({ language, link, minutes: 30 }),
      invitationLetter({ language, workspace: 'Northwind', inviter: 'Maya', link, days: 7 }),
    ]) {
      const { text, html } = renderLetter(letter);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain(`<a href="${link}"`);
      expect(text).toContain(`\n${link}\n`);
      for (const words of [...letter.paragraphs, ...letter.smallPrint]) {
        expect(text).toContain(words);
        expect(html).toContain(`>${words}</p>`);
      }
    }
  });

  it('E6 holds names as text, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (workspace, inviter) => {
        const { html } = renderLetter(invitationLetter({ language: 'en', workspace, inviter, link, days: 7 }));
        const tags = html.replaceAll(/<\/?(?:html|head|meta|title|body|div|p|a)\b[^<>]*>|<!doctype html>/g, '');
        expect(tags).not.toMatch(/[<>"']/);
        expect(tags).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
    const hostile = '<img src=x onerror=alert(1)> & "Co"';
    const { html } = renderLetter(
      invitationLetter({ language: 'de', workspace: hostile, inviter: null, link, days: 7 }),
    );
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;');
    expect(html).not.toContain('<img');
  });

  it('E7 has a subject of one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (workspace) => {
        const letter = invitationLetter({ language: 'en', workspace, inviter: null, link, days: 7 });
        expect(renderLetter(letter).subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('is German for whoever reads German, and English for everybody else', () => {
    expect(['de', 'de-AT', 'DE-ch', 'en', 'fr', 'den', '', undefined].map(mailLanguage)).toEqual([
      ...['de', 'de', 'de'],
      ...['en', 'en', 'en', 'en', 'en'],
    ]);
  });
});
