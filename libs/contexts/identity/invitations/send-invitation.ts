import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import {
  DatabaseClock,
  EVENT_STORE,
  EventCodec,
  type EventStore,
  IssuedBy,
  parseStreamName,
} from '@ledgerdesk/event-store';
import type { Reaction } from '@ledgerdesk/jobs';
import { actorOf } from '@ledgerdesk/kernel';
import { invitationLetter, Mailer, mailLanguage } from '@ledgerdesk/mail';
import { Directory } from '@ledgerdesk/workspaces';
import { INVITATION_DAYS, isGood, isVoid } from './domain/invitation.decider.js';
import { Invitations } from './invitations.js';

/** Mails the newest link of an invitation. However often it is executed, the same link goes out, under the same id. */
export class SendInvitation extends Command<void> {
  constructor(
    readonly invitationId: string,
    readonly outwardId: string,
  ) {
    super();
  }
}

/** When somebody is invited, or once more, they get a mail, unless that was overtaken by what happened since. */
export const sendInvitation: Reaction = {
  name: 'send-invitation',
  categories: ['invitation'],
  outward: true,
  effectsOf({ type, stream }) {
    const { id: subject } = parseStreamName(stream);
    const sends = type === 'MemberInvited' || type === 'InvitationSentAgain';
    return [{ kind: 'cancel', subject }, ...(sends ? [{ kind: 'perform' as const, subject }] : [])];
  },
  perform: ({ subject, outwardId }, tools) => tools.issue(new SendInvitation(subject, outwardId)),
};

@CommandHandler(SendInvitation)
export class SendInvitationHandler implements ICommandHandler<SendInvitation> {
  private readonly directory: Directory;
  private readonly invitations: Invitations;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(EventCodec) codec: EventCodec,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {
    this.directory = new Directory(store, codec);
    this.invitations = new Invitations(store, codec, configuration);
  }

  /** @throws DomainError `invitation.void`, and what `Mailer` throws */
  async execute(command: SendInvitation): Promise<void> {
    const { invitationId, outwardId } = command;
    const { workspaceId } = IssuedBy.of(command).command;
    const [invitation, workspace] = await Promise.all([
      this.invitations.of(workspaceId, invitationId),
      this.directory.workspace(workspaceId),
    ]);
    if (!workspace || invitation?.status !== 'open' || invitation.email === null) throw isVoid();
    const { round, email, sentBy } = invitation;
    if (!isGood(invitation, round, this.clock.now())) throw isVoid();
    const { kind, id } = actorOf(sentBy);
    const inviter = kind === 'member' ? await this.directory.namedMember(workspaceId, id) : undefined;
    const token = this.invitations.tokenOf({ workspaceId, invitationId, round });
    const letter = invitationLetter({
      language: mailLanguage(workspace.language),
      workspace: workspace.name,
      inviter: inviter?.name ?? null,
      link: `${this.configuration.http.publicUrl}/join#${token}`,
      days: INVITATION_DAYS,
    });
    await this.mailer.send({ to: email, letter, outwardId });
  }
}
