/** Languages that we write in. */
export type MailLanguage = 'en' | 'de';

/** What a mail says, in one language. All of it is plain text; nothing in it is trusted to be HTML. */
export interface Letter {
  readonly language: MailLanguage;
  readonly subject: string;
  /** Paragraphs before the link. */
  readonly paragraphs: readonly string[];
  /** The one thing to do. The link is made by us, from the public address of the desk. */
  readonly action?: { readonly label: string; readonly link: string };
  /** What stands below: how long the link is good, and what to do if the mail is a surprise. */
  readonly smallPrint: readonly string[];
}

/** The language of ours for a BCP 47 tag; English for all that we do not write in. */
export function mailLanguage(tag: string | undefined): MailLanguage {
  return /^de\b/i.test(tag ?? '') ? 'de' : 'en';
}
