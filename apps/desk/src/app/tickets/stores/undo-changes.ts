import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Api, undoChange } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Toasts } from '@ledgerdesk/web-ui';
import { CurrentTicket } from './current-ticket';
import { refusalText } from './refusal-text';

/** Takes back what was done to a ticket, also after the person has gone on to another one. */
@Injectable({ providedIn: 'root' })
export class UndoChanges {
  private readonly api = inject(Api);
  private readonly current = inject(CurrentTicket);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** Tells that something was done, with a way back. @param text translation key */
  offer(text: string, ticketId: string, version: number, label = 'ui.undo'): void {
    this.toasts.done(this.texts.translate(text), {
      label: this.texts.translate(label),
      run: () => void this.undo(ticketId, version, label === 'ui.undo' ? 'ui.redo' : 'ui.undo'),
    });
  }

  /** Undoes the change that led to a version; what was undone can be undone as well. */
  async undo(ticketId: string, version: number, back = 'ui.redo'): Promise<void> {
    try {
      const ticket = await this.api.invoke(undoChange, { ticketId, body: { version } });
      this.current.take(ticket);
      this.offer(back === 'ui.redo' ? 'done.undone' : 'done.redone', ticketId, ticket.version, back);
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
      if (ticketId === this.current.id()) void this.current.read();
    }
  }
}
