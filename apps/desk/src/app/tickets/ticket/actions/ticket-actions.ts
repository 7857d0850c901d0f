import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import {
  assignTicket,
  categoriseTicket,
  closeTicket,
  handOffTicket,
  holdTicket,
  linkTicket,
  markSpam,
  mergeTicket,
  pendTicket,
  prioritiseTicket,
  renameTicket,
  reopenTicket,
  restoreTicket,
  setCustomField,
  solveTicket,
  splitTicket,
  tagTicket,
  trashTicket,
  unlinkTicket,
  unmergeTicket,
  untagTicket,
} from '@ledgerdesk/web-api';
import type {
  AssignTicket,
  CategoriseTicket,
  HandOffTicket,
  LinkTicket,
  MergeTicket,
  SetCustomField,
  SplitTicket,
  TicketPriority,
} from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { Toasts } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { TicketCommands } from '../../stores/ticket-commands';
import { possible } from './possible';
import type { TicketAction } from './possible';

/**
 * Every command on the open ticket, each named after its operation, with what it is expected to change.
 * True when it was accepted; a refusal has been told to the person already.
 */
@Injectable({ providedIn: 'root' })
export class TicketActions {
  private readonly commands = inject(TicketCommands);
  private readonly current = inject(CurrentTicket);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** Whether this person may do it with the open ticket as it stands. A signal read. */
  may(action: TicketAction): boolean {
    const status = this.current.view()?.status;
    return status !== undefined && possible(action, status, (verb, subject) => this.session.can(verb, subject));
  }

  assignTicket(body: AssignTicket): Promise<boolean> {
    const { reason, ...owner } = body;
    return this.commands.set(assignTicket, body, { ...owner, assignmentReason: reason ?? null }, 'done.assigned');
  }

  renameTicket(subject: string): Promise<boolean> {
    return this.commands.set(renameTicket, { subject }, { subject }, 'done.renamed');
  }

  prioritiseTicket(priority: TicketPriority): Promise<boolean> {
    return this.commands.set(prioritiseTicket, { priority }, { priority }, 'done.prioritised');
  }

  categoriseTicket(body: CategoriseTicket): Promise<boolean> {
    const { category, subcategory = null } = body;
    return this.commands.set(categoriseTicket, body, { category, subcategory }, 'done.categorised');
  }

  tagTicket(tags: string[]): Promise<boolean> {
    const known = this.current.view()?.tags ?? [];
    return this.commands.set(tagTicket, { tags }, { tags: [...new Set([...known, ...tags])] }, 'done.tagged');
  }

  untagTicket(tags: string[]): Promise<boolean> {
    const known = this.current.view()?.tags ?? [];
    return this.commands.set(
      untagTicket,
      { tags },
      { tags: known.filter((tag) => !tags.includes(tag)) },
      'done.untagged',
    );
  }

  setCustomField(body: SetCustomField): Promise<boolean> {
    const { [body.field]: _former, ...others } = this.current.view()?.customFields ?? {};
    const customFields = body.value === null ? others : { ...others, [body.field]: body.value };
    return this.commands.set(setCustomField, body, { customFields }, 'done.fieldSet');
  }

  /** @param until RFC 3339; without it the ticket waits for the customer alone */
  pendTicket(until?: string): Promise<boolean> {
    const expected = { status: 'pending', pendingUntil: until ?? null } as const;
    return this.commands.set(pendTicket, until === undefined ? {} : { until }, expected, 'done.pended');
  }

  holdTicket(): Promise<boolean> {
    return this.commands.set(holdTicket, {}, { status: 'on_hold', pendingUntil: null }, 'done.held');
  }

  solveTicket(): Promise<boolean> {
    return this.commands.set(solveTicket, {}, { status: 'solved', pendingUntil: null }, 'done.solved');
  }

  reopenTicket(): Promise<boolean> {
    return this.commands.set(reopenTicket, {}, { status: 'open', pendingUntil: null }, 'done.reopened');
  }

  closeTicket(): Promise<boolean> {
    return this.commands.set(closeTicket, {}, { status: 'closed' });
  }

  markSpam(): Promise<boolean> {
    return this.commands.set(markSpam, {}, { status: 'spam' }, 'done.spam');
  }

  trashTicket(): Promise<boolean> {
    return this.commands.set(trashTicket, {}, { status: 'trashed' }, 'done.trashed');
  }

  restoreTicket(): Promise<boolean> {
    return this.commands.set(restoreTicket, {}, {}, 'done.restored');
  }

  handOffTicket(body: HandOffTicket): Promise<boolean> {
    return this.commands.set(handOffTicket, body, { assigneeId: body.assigneeId }, 'done.handedOff');
  }

  linkTicket(body: LinkTicket): Promise<boolean> {
    return this.commands.set(linkTicket, body, {});
  }

  unlinkTicket(body: LinkTicket): Promise<boolean> {
    const links = (this.current.view()?.links ?? []).filter(
      (link) => link.ticketId !== body.ticketId || link.relation !== body.relation,
    );
    return this.commands.set(unlinkTicket, body, { links });
  }

  async mergeTicket(body: MergeTicket): Promise<boolean> {
    const merged = await this.commands.set(mergeTicket, body, {});
    if (merged) this.offerBack('done.merged', () => void this.unmergeTicket());
    return merged;
  }

  unmergeTicket(): Promise<boolean> {
    return this.commands.set(unmergeTicket, {}, {});
  }

  /** The answer is the new ticket, so this one is read again. */
  async splitTicket(body: SplitTicket): Promise<boolean> {
    const split = await this.commands.set(splitTicket, body, {});
    if (!split) return false;
    await this.current.read(true);
    this.toasts.done(this.texts.translate('done.split'));
    return true;
  }

  /** An undo only makes sense while the same ticket is open. */
  private offerBack(text: string, run: () => void): void {
    const ticketId = this.current.id();
    this.toasts.done(this.texts.translate(text), {
      label: this.texts.translate('ui.undo'),
      run: () => {
        if (this.current.id() === ticketId) run();
      },
    });
  }
}
