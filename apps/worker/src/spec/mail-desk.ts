import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { loadConfiguration } from '@ledgerdesk/config';
import { Log } from '@ledgerdesk/logging';
import { type CaughtMail, MailCatcher } from '@ledgerdesk/mail';
import { NO_WORKSPACE } from '@ledgerdesk/read-store';
import { eventually, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { WorkerModule } from '../worker.module.js';

/** Where the desk is said to be; nothing listens there. */
export const PUBLIC_URL = 'http://localhost:4711';

/** A desk with a worker whose mail is caught. */
export class MailDesk {
  private constructor(
    readonly desk: TestDesk,
    readonly catcher: MailCatcher,
    private readonly worker: INestApplicationContext,
    /** What the worker has logged. */
    readonly lines: readonly string[],
  ) {}

  static async start(): Promise<MailDesk> {
    const catcher = await MailCatcher.listen(0);
    const desk = await startTestDesk('postgres', { PUBLIC_URL });
    const lines: string[] = [];
    const configuration = loadConfiguration({
      LEDGERDESK_MODE: 'embedded',
      DATABASE_URL: desk.database.databaseUrl,
      REDIS_URL: desk.redisUrl,
      PUBLIC_URL,
      MAIL_URL: `smtp://127.0.0.1:${String(catcher.port)}`,
      INSTALLATION_KEY: Buffer.from(desk.database.installationKey).toString('base64'),
    });
    const stream = { write: (line: string): void => void lines.push(line) };
    const log = new Log({ level: 'debug', process: 'worker', stream });
    const module = await Test.createTestingModule({ imports: [WorkerModule.with(configuration, log)] }).compile();
    return new MailDesk(desk, catcher, await module.init(), lines);
  }

  async close(): Promise<void> {
    await this.worker.close();
    await this.desk.close();
    await this.catcher.close();
  }

  mailsTo(email: string): readonly CaughtMail[] {
    return this.catcher.mails.filter(({ to }) => to.includes(email));
  }

  /** The newest mail to an address once there are so many of them. */
  async mailTo(email: string, count = 1): Promise<CaughtMail> {
    return eventually(() => {
      const mails = this.mailsTo(email);
      if (mails.length < count) throw new Error(`${String(mails.length)} mails to ${email}`);
      return present(mails[0]);
    });
  }

  /** What became of all effects of a reaction, the oldest first. */
  effects(
    reaction: string,
    workspaceId = NO_WORKSPACE,
  ): Promise<readonly { readonly state: string; readonly reason: string | null }[]> {
    return this.desk.readStore.run(workspaceId, (sql) =>
      sql.rows('select state, reason from effect where reaction = $1 order by due, event_id', [reaction]),
    );
  }
}

/** The secret part of the link in a mail. */
export function tokenIn({ text }: Pick<CaughtMail, 'text'>, page: string): string {
  const [, token = ''] = new RegExp(`^${PUBLIC_URL}/${page}#([\\w.-]+)$`, 'm').exec(text) ?? [];
  if (token === '') throw new Error(`No link to /${page} in ${text}`);
  return token;
}
