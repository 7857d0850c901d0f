import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, openTicket } from '@ledgerdesk/web-api';
import type { OpenTicket, TicketPriority } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon, PRIORITIES, PRIORITY_LOOK } from '@ledgerdesk/web-ui';
import { refusalText } from '../stores/refusal-text';

/** Opens a ticket for a customer. Closes with the id of the new ticket. */
@Component({
  selector: 'ld-new-ticket-dialog',
  imports: [
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    TranslocoPipe,
  ],
  templateUrl: './new-ticket-dialog.html',
  styleUrl: './new-ticket-dialog.scss',
})
export class NewTicketDialog {
  protected readonly email = signal('');
  protected readonly name = signal('');
  protected readonly subject = signal('');
  protected readonly body = signal('');
  protected readonly category = signal('');
  protected readonly tags = signal('');
  protected readonly priority = signal<TicketPriority>('normal');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly priorities = PRIORITIES;
  protected readonly looks = PRIORITY_LOOK;
  protected readonly complete = computed(() =>
    [this.email(), this.name(), this.subject(), this.body()].every((text) => text.trim() !== ''),
  );
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);
  private readonly dialog = inject<MatDialogRef<NewTicketDialog, string>>(MatDialogRef);

  protected async openTicket(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy() || !this.complete()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      const ticket = await this.api.invoke(openTicket, { body: this.wanted() });
      this.dialog.close(ticket.id);
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }

  private wanted(): OpenTicket {
    const category = this.category().trim();
    const tags = this.tags()
      .split(/[\s,]+/u)
      .filter((tag) => tag !== '');
    return {
      subject: this.subject().trim(),
      body: this.body().trim(),
      channel: 'web',
      priority: this.priority(),
      requester: { email: this.email().trim(), name: this.name().trim() },
      ...(category === '' ? {} : { category }),
      ...(tags.length === 0 ? {} : { tags }),
    };
  }
}
