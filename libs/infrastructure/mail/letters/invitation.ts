import type { Letter, MailLanguage } from './letter.js';

interface InvitationFacts {
  readonly language: MailLanguage;
  /** Name of the workspace. */
  readonly workspace: string;
  /** Name of who invites; null when it is not known any more. */
  readonly inviter: string | null;
  readonly link: string;
  /** How long the link is good. */
  readonly days: number;
}

/** Asks somebody to take a seat in a workspace. */
export function invitationLetter({ language, workspace, inviter, link, days }: InvitationFacts): Letter {
  const time = String(days);
  return language === 'de'
    ? {
        language,
        subject: `Einladung zu ${workspace}`,
        paragraphs: [
          inviter === null
            ? `Sie sind eingeladen, bei ${workspace} in Ledgerdesk mitzuarbeiten.`
            : `${inviter} lädt Sie ein, bei ${workspace} in Ledgerdesk mitzuarbeiten.`,
        ],
        action: { label: 'Einladung annehmen', link },
        smallPrint: [
          `Der Link gilt ${time} Tage und nur für Sie: Geben Sie ihn nicht weiter.`,
          'Kennen Sie den Absender nicht, dann löschen Sie diese Nachricht; es geschieht nichts.',
        ],
      }
    : {
        language,
        subject: `Invitation to ${workspace}`,
        paragraphs: [
          inviter === null
            ? `You are invited to work at ${workspace} in Ledgerdesk.`
            : `${inviter} invites you to work at ${workspace} in Ledgerdesk.`,
        ],
        action: { label: 'Accept the invitation', link },
        smallPrint: [
          `The link is good for ${time} days and for you alone: do not pass it on.`,
          'If you do not know the sender, delete this message; nothing happens then.',
        ],
      };
}
