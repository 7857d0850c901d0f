import { Injectable, inject } from '@angular/core';
import type { HttpClient, HttpContext } from '@angular/common/http';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoService } from '@jsverse/transloco';
import { Api } from '@ledgerdesk/web-api';
import type { StrictHttpResponse, Ticket } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Toasts } from '@ledgerdesk/web-ui';
import type { Observable } from 'rxjs';
import { CurrentTicket } from './current-ticket';
import { refusalText } from './refusal-text';

/** A generated function for one command on a ticket. */
type TicketCommand<Params> = (
  http: HttpClient,
  rootUrl: string,
  params: Params,
  context?: HttpContext,
) => Observable<StrictHttpResponse<Ticket>>;

/** What every guarded command needs besides its body. */
interface Guarded<Body> {
  ticketId: string;
  'If-Match': string;
  body: Body;
}

/** Whatever the ETag's second half is, the api compares the version only. */
const etagOf = (version: number): string => `"${version}-desk"`;

/** Carries a person's wishes for the open ticket to the api: shown at once, taken back visibly when refused. */
@Injectable({ providedIn: 'root' })
export class TicketCommands {
  private readonly api = inject(Api);
  private readonly current = inject(CurrentTicket);
  private readonly toasts = inject(Toasts);
  private readonly dialog = inject(MatDialog);
  private readonly texts = inject(TranslocoService);

  /**
   * Runs a command that sets something (it needs `If-Match`). `expected` is laid over the ticket until the answer comes.
   * True when it was accepted. When somebody else changed the same field, the person sees both values and may insist.
   */
  async set<Body>(command: TicketCommand<Guarded<Body>>, body: Body, expected: Partial<Ticket>): Promise<boolean> {
    const ticket = this.current.view();
    if (ticket === undefined) return false;
    return this.run(command, { ticketId: ticket.id, 'If-Match': etagOf(ticket.version), body }, expected);
  }

  /** Runs a command that only adds (a reply, a note): no `If-Match`, nothing to lay over. Resolves to the refusal, if any. */
  async add<Body>(command: TicketCommand<{ ticketId: string; body: Body }>, body: Body): Promise<Problem | undefined> {
    const ticketId = this.current.id();
    if (ticketId === undefined) return undefined;
    try {
      this.current.take(await this.api.invoke(command, { ticketId, body }));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  private async run<Body>(
    command: TicketCommand<Guarded<Body>>,
    params: Guarded<Body>,
    expected: Partial<Ticket>,
  ): Promise<boolean> {
    const takeBack = this.current.wish(expected);
    try {
      this.current.take(await this.api.invoke(command, params));
      return true;
    } catch (error) {
      this.refused(problemOf(error), () => void this.run(command, { ...params, 'If-Match': '*' }, expected));
      return false;
    } finally {
      takeBack();
    }
  }

  private refused(problem: Problem, insist: () => void): void {
    if (problem.conflicts.length === 0) {
      this.toasts.refused(refusalText(problem, this.texts));
      return;
    }
    void this.current.read();
    void this.choose(problem.conflicts, insist);
  }

  /** Shows both values of every disagreement; the person decides whether theirs is applied all the same. */
  private async choose(conflicts: Problem['conflicts'], insist: () => void): Promise<void> {
    const { ConflictDialog } = await import('../ticket/dialogs/conflict-dialog');
    this.dialog
      .open<unknown, unknown, boolean>(ConflictDialog, { data: conflicts, width: '520px' })
      .afterClosed()
      .subscribe((mine) => {
        if (mine === true) insist();
      });
  }
}
