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
import { UndoChanges } from './undo-changes';

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
  private readonly undo = inject(UndoChanges);
  private readonly toasts = inject(Toasts);
  private readonly dialog = inject(MatDialog);
  private readonly texts = inject(TranslocoService);

  /**
   * Runs a command that sets something (it needs `If-Match`). `expected` is laid over the ticket until the answer comes.
   * True when it was accepted; then `done` (a translation key) is told with an undo. When somebody else changed the same field, the person sees both values and may insist.
   */
  async set<Body>(
    command: TicketCommand<Guarded<Body>>,
    body: Body,
    expected: Partial<Ticket>,
    done?: string,
  ): Promise<boolean> {
    const ticket = this.current.view();
    if (ticket === undefined) return false;
    const { id: ticketId, version } = ticket;
    const told = (now: Ticket): void => {
      if (done !== undefined && now.version > version) this.undo.offer(done, ticketId, now.version);
    };
    return this.run(command, { ticketId, 'If-Match': etagOf(version), body }, expected, told);
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
    told: (ticket: Ticket) => void,
  ): Promise<boolean> {
    const takeBack = this.current.wish(expected);
    try {
      const ticket = await this.api.invoke(command, params);
      this.current.take(ticket);
      told(ticket);
      return true;
    } catch (error) {
      const insist = (): void => void this.run(command, { ...params, 'If-Match': '*' }, expected, told);
      this.refused(problemOf(error), insist);
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
