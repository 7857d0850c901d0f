import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail that was caught. */
export interface CaughtMail {
  /** Counts from 1. */
  readonly id: number;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  /** As it came over the wire. */
  readonly raw: string;
}

/** Older ones go first. */
const MOST_KEPT = 100;
const LARGEST_BYTES = 256 * 1024;
const MOST_CLIENTS = 20;

/**
 * A real SMTP server for one machine: takes every mail on the loopback address, delivers none, keeps the last hundred in memory and
 * forgets them with the process.
 */
export class MailCatcher {
  #kept: readonly CaughtMail[] = [];
  #count = 0;

  private constructor(private readonly server: SMTPServer) {}

  /** @param port 0 for any that is free */
  static async listen(port: number): Promise<MailCatcher> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: LARGEST_BYTES,
      maxClients: MOST_CLIENTS,
      logger: false,
      disableReverseLookup: true,
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        let bytes = 0;
        stream.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= LARGEST_BYTES) chunks.push(chunk);
        });
        stream.on('end', () => {
          if (bytes > LARGEST_BYTES) {
            callback(Object.assign(new Error('The mail is too large.'), { responseCode: 552 }));
            return;
          }
          const { envelope } = session;
          const to = envelope.rcptTo.map(({ address }) => address);
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          catcher.#keep(Buffer.concat(chunks), from, to).then(() => {
            callback();
          }, callback);
        });
      },
    });
    const catcher = new MailCatcher(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    // A client that goes away in the middle of a mail is its own affair.
    server.on('error', () => undefined);
    return catcher;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** The newest first. */
  get mails(): readonly CaughtMail[] {
    return this.#kept;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }

  async #keep(raw: Buffer, from: string, to: readonly string[]): Promise<void> {
    const { subject = '', messageId = '', text = '', html } = await simpleParser(raw, { skipTextToHtml: true });
    this.#count += 1;
    const mail = { id: this.#count, at: new Date().toISOString(), from, to, subject, messageId, text };
    const caught = { ...mail, html: html === false ? '' : html, raw: raw.toString('latin1') };
    this.#kept = [caught, ...this.#kept].slice(0, MOST_KEPT);
  }
}
