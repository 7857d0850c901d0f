import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import type { Reaction } from '@ledgerdesk/jobs';
import { Mailer, passwordResetLetter } from '@ledgerdesk/mail';
import { ReadStore } from '@ledgerdesk/read-store';
import { LinkTokens } from '../link-tokens.js';
import { ResetLinks } from './reset-links.js';
import { RESET_MINUTES, SEND_PASSWORD_RESET } from './reset-requests.js';

/** Answers a request for a new password. However often it is executed, the same link goes out, under the same id. */
export class SendPasswordReset extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly outwardId: string,
  ) {
    super();
  }
}

/** Requests plan it themselves, because asking for a password is no event; it follows the ledger only as all reactions do. */
export const sendPasswordReset: Reaction = {
  name: SEND_PASSWORD_RESET,
  categories: ['member'],
  outward: true,
  effectsOf: () => [],
  perform: ({ eventId, outwardId }, tools) => tools.issue(new SendPasswordReset(eventId, outwardId)),
};

@CommandHandler(SendPasswordReset)
export class SendPasswordResetHandler implements ICommandHandler<SendPasswordReset> {
  private readonly links: ResetLinks;
  private readonly tokens: LinkTokens;

  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(ReadStore) store: ReadStore,
  ) {
    this.links = new ResetLinks(store);
    this.tokens = resetTokens(configuration);
  }

  async execute({ requestId, outwardId }: SendPasswordReset): Promise<void> {
    const found = await this.links.make(requestId);
    if (found) {
      // After the #, so that no server and no log on the way sees it; never from the host of a request (B17).
      const link = `${this.configuration.http.publicUrl}/reset#${this.tokens.write(requestId)}`;
      const letter = passwordResetLetter({ language: found.language, link, minutes: RESET_MINUTES });
      await this.mailer.send({ to: found.email, letter, outwardId });
    }
    await this.links.forget(requestId);
  }
}

export function resetTokens({ installationKey }: Pick<Configuration, 'installationKey'>): LinkTokens {
  return new LinkTokens(deriveKey(installationKey, 'password-reset-link'));
}
