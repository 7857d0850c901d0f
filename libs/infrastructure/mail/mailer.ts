import { createTransport, type NodemailerError, type Transporter } from 'nodemailer';
import { type Configuration, isLoopback, isNear } from '@ledgerdesk/config';
import { DomainError } from '@ledgerdesk/kernel';
import type { Letter } from './letters/letter.js';
import { renderLetter } from './render-letter.js';

/** One mail. */
export interface Outgoing {
  /** Address, without a name. */
  readonly to: string;
  readonly letter: Letter;
  /** The id that the effect was planned with: a second try is the same mail to whoever receives both. */
  readonly outwardId: string;
}

/** What became of a mail; never with an address or a text. */
export interface Posted {
  readonly outwardId: string;
  readonly milliseconds: number;
}

/** The server could not be reached, or said "later". Its own words are left out: they hold addresses. */
export class MailDelayed extends Error {
  override readonly name = 'MailDelayed';
}

/** Milliseconds. A server that takes longer gets its mail at the next try; effects are begun again after 30 seconds. */
const TIMEOUTS = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 10_000, dnsTimeout: 5_000 };
/** One address and nothing else: no second recipient, no name, no comment. */
const ONE_ADDRESS = /^[^\s<>@,;:"()[\]\\\p{Cc}]{1,64}@[^\s<>@,;:"()[\]\\\p{Cc}]{1,253}$/u;

/** Whether a text is one address that mail can go to, and nothing else. */
export function isOneAddress(text: string): boolean {
  return ONE_ADDRESS.test(text);
}

/** Hands letters to the server of `MAIL_URL`, one connection per mail. */
export class Mailer {
  readonly #transport: Transporter | undefined;
  readonly #from: string;
  readonly #domain: string;

  /** @param onPosted told about every mail that the server has taken */
  constructor(
    { mail, http }: Pick<Configuration, 'http' | 'mail'>,
    private readonly onPosted: (posted: Posted) => void,
  ) {
    this.#from = mail?.from ?? '';
    this.#domain = new URL(http.publicUrl).hostname;
    this.#transport = mail && transportTo(mail.url);
  }

  /**
   * @throws DomainError `mail.not-set-up`, `mail.address-invalid`, `mail.refused` (for good); there is no sense in trying again
   * @throws MailDelayed when it may be tried again
   */
  async send({ to, letter, outwardId }: Outgoing): Promise<void> {
    if (!isOneAddress(to)) throw new DomainError('invalid', 'mail.address-invalid', 'This is not one address.');
    if (!this.#transport) {
      throw new DomainError('conflict', 'mail.not-set-up', 'MAIL_URL is not set: nothing is mailed.');
    }
    const began = performance.now();
    const { subject, text, html } = renderLetter(letter);
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${outwardId}@${this.#domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
      });
    } catch (error) {
      throw failureOf(error);
    }
    this.onPosted({ outwardId, milliseconds: Math.round(performance.now() - began) });
  }
}

function transportTo(url: string): Transporter {
  const host = new URL(url).hostname;
  return createTransport({
    url,
    ...TIMEOUTS,
    // A catcher on this machine has no certificate; a server elsewhere gets nothing that others on the way could read.
    ignoreTLS: isLoopback(host),
    requireTLS: !isNear(host),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** RFC 5321: 5yz answers to the recipient or the message are for good; about us (login, connection) they can be mended. */
function failureOf(error: unknown): Error {
  const { code, responseCode } = error instanceof Error ? (error as NodemailerError) : {};
  const isForGood = responseCode !== undefined && responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return isForGood
    ? new DomainError('conflict', 'mail.refused', 'The server refuses this mail for good.')
    : new MailDelayed(`The mail was not taken (${code ?? 'no code'}, ${String(responseCode ?? 'no answer')}).`);
}
