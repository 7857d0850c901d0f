import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Abilities, accessDenied, authorize, type Principal } from '@ledgerdesk/auth';
import { CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { type Actor, type CommandContext, DomainError, nameId, type Sight } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory, RightsOfSeats } from '@ledgerdesk/workspaces';
import { messagesSeen } from '../domain/messages-seen.js';
import { stateAfterRefusal } from '../domain/scheduled-reply.js';
import { PendTicket, SendPublicReply, SolveTicket } from '../domain/ticket.commands.js';
import { ticketDecider } from '../domain/ticket.decider.js';
import { TICKET_GRANTABLE, TICKET_PERMISSIONS } from '../permissions.js';
import { TicketStates } from '../queries/ticket-states.js';
import { RELEASE_REPLY } from './release-timer.js';
import { type ReplyRow, settleReply, takeReply } from './reply-rows.js';
import { ReplyTexts } from './reply-texts.js';

/** The time of a reply has come. */
export class ReleaseReply extends Command<undefined> {
  constructor(
    readonly replyId: string,
    readonly timerId: string,
  ) {
    super();
  }
}

/** What the author may do now. */
interface Allowed {
  readonly solving: SolveTicket | undefined;
  readonly sees: Sight | undefined;
}

/** Not refusals of the reply: worth another try. */
const AGAIN = ['version.busy'];
const ABILITIES = new Abilities([TICKET_PERMISSIONS], [TICKET_GRANTABLE]);

/**
 * Sends a reply in the name of its author, exactly once: it is taken in the table first, its command id derives from the reply,
 * and the table learns last, so whoever repeats any of it finds what was done. What is refused goes back to its author.
 */
@CommandHandler(ReleaseReply)
export class ReleaseReplyHandler implements ICommandHandler<ReleaseReply> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(ReplyTexts) private readonly texts: ReplyTexts,
    @Inject(TicketStates) private readonly states: TicketStates,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(RightsOfSeats) private readonly rights: RightsOfSeats,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  async execute(command: ReleaseReply): Promise<undefined> {
    const issued = IssuedBy.of(command).command;
    const { workspaceId } = issued;
    const row = await this.store.run(workspaceId, (sql) => takeReply(sql, command.replyId, command.timerId));
    if (!row) return;
    const reason = await this.#refusalOf(() => this.#send(row, issued));
    const state = reason === null ? 'sent' : stateAfterRefusal(reason);
    await this.store.run(workspaceId, (sql) => settleReply(sql, row.id, state, reason));
  }

  async #send(row: ReplyRow, issued: CommandContext, tries = 5): Promise<void> {
    const { workspaceId } = issued;
    const actor: Actor = `member:${row.memberId}`;
    const commandId = nameId('send-scheduled-reply', row.id);
    const { events } = await this.states.of({ workspaceId }, row.ticketId);
    // An earlier try may have written it before it could say so.
    if (events.some(({ metadata }) => metadata.commandId === commandId)) return;
    const { solving, sees } = await this.#allowed(workspaceId, row);
    const { body } = await this.texts.shown(workspaceId, row);
    if (body === null) throw new DomainError('conflict', 'person.erased', 'This person was erased.');
    const then = row.thenStatus === 'pending' ? new PendTicket(row.ticketId) : solving;
    const seen = messagesSeen(events, row.seenVersion ?? events.length - 1, actor);
    const reply = new SendPublicReply(row.ticketId, body, then, seen);
    try {
      const cause = `job:${RELEASE_REPLY}`;
      await this.runner.run(ticketDecider, reply, { ...issued, actor, commandId, cause, ...(sees && { sees }) });
    } catch (error) {
      if (tries === 1 || !(error instanceof DomainError) || error.code !== 'ticket.new-message') throw error;
      // Whatever came just now may be of the same author, which holds nothing; a look at it says.
      await this.#send(row, issued, tries - 1);
    }
  }

  /** By the seat as it is now and not as it was when the reply was written. @throws DomainError `auth.forbidden` */
  async #allowed(workspaceId: string, { memberId, ticketId, thenStatus }: ReplyRow): Promise<Allowed> {
    const [member, workspace] = await Promise.all([
      this.directory.member(workspaceId, memberId),
      this.directory.workspace(workspaceId),
    ]);
    if (member?.status !== 'active' || !workspace) throw accessDenied();
    const rights = await this.rights.of(workspaceId, member);
    const author: Principal = { workspaceId, memberId, accountId: '', sessionId: '', ...rights };
    authorize(ABILITIES.abilityFor(author), 'reply', 'Ticket');
    const solving = thenStatus === 'solved' ? new SolveTicket(ticketId, workspace) : undefined;
    return { solving, sees: ABILITIES.sightOf(author) };
  }

  async #refusalOf(work: () => Promise<void>): Promise<string | null> {
    try {
      await work();
      return null;
    } catch (error) {
      if (error instanceof DomainError && !AGAIN.includes(error.code)) return error.code;
      throw error;
    }
  }
}
