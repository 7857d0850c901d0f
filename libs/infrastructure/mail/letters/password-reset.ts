import type { Letter, MailLanguage } from './letter.js';

interface PasswordResetFacts {
  readonly language: MailLanguage;
  readonly link: string;
  /** How long the link is good. */
  readonly minutes: number;
}

/** Leads somebody who has lost their password to a page where they choose another. */
export function passwordResetLetter({ language, link, minutes }: PasswordResetFacts): Letter {
  const time = String(minutes);
  return language === 'de'
    ? {
        language,
        subject: 'Neues Passwort für Ledgerdesk',
        paragraphs: ['Jemand hat für diese Adresse ein neues Passwort angefordert.'],
        action: { label: 'Neues Passwort wählen', link },
        smallPrint: [
          `Der Link gilt ${time} Minuten und einmal. Wer einen neueren anfordert, macht ihn ungültig.`,
          'Waren Sie das nicht, dann löschen Sie diese Nachricht: Ihr Passwort bleibt, wie es ist.',
        ],
      }
    : {
        language,
        subject: 'A new password for Ledgerdesk',
        paragraphs: ['Somebody has asked for a new password for this address.'],
        action: { label: 'Choose a new password', link },
        smallPrint: [
          `The link is good for ${time} minutes and once. Asking for a newer one makes it void.`,
          'If it was not you, delete this message: your password stays as it is.',
        ],
      };
}
