import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { AssignTicket } from '@ledgerdesk/web-api';
import { Avatar, Icon } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { People } from '../../stores/people';
import { TicketActions } from '../actions/ticket-actions';

/** One thing to choose: a member, a team, or nobody. */
interface Owner {
  readonly id: string;
  readonly label: string;
  readonly group: 'member' | 'team';
  readonly chosen: boolean;
  readonly body: AssignTicket;
}

/** Who owns the ticket: a member and a team, found by typing; why is optional and stays in the ledger. */
@Component({
  selector: 'ld-assign-dialog',
  imports: [
    Avatar,
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    TranslocoPipe,
  ],
  templateUrl: './assign-dialog.html',
  styleUrl: './form.scss',
})
export class AssignDialog {
  protected readonly query = signal('');
  protected readonly reason = signal('');
  private readonly people = inject(People);
  private readonly current = inject(CurrentTicket);
  private readonly actions = inject(TicketActions);
  private readonly texts = inject(TranslocoService);
  private readonly dialog = inject<MatDialogRef<AssignDialog>>(MatDialogRef);

  /** Oneself first, then nobody, then the others by name, then teams. */
  private readonly owners = computed<readonly Owner[]>(() => {
    const ticket = this.current.view();
    const me = this.people.myId();
    const member = (id: string | null, label: string): Owner => ({
      id: `member ${id ?? ''}`,
      label,
      group: 'member',
      chosen: ticket?.assigneeId === id,
      body: { assigneeId: id },
    });
    const team = (id: string | null, label: string): Owner => ({
      id: `team ${id ?? ''}`,
      label,
      group: 'team',
      chosen: ticket?.teamId === id,
      body: { teamId: id },
    });
    const people = this.people.assignable();
    return [
      ...people.filter(({ id }) => id === me).map(({ id }) => member(id, this.texts.translate('assign.me'))),
      member(null, this.texts.translate('ticket.unassigned')),
      ...people.filter(({ id }) => id !== me).map(({ id, name }) => member(id, name ?? '?')),
      ...this.people.teams().map(({ id, name }) => team(id, name)),
      team(null, this.texts.translate('act.noTeam')),
    ];
  });
  protected readonly found = computed(() => {
    const wanted = this.query().trim().toLocaleLowerCase();
    return this.owners().filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  });
  protected readonly active = linkedSignal<readonly Owner[], number>({ source: this.found, computation: () => 0 });

  protected beginsGroup(index: number): boolean {
    return this.found()[index]?.group !== this.found()[index - 1]?.group;
  }

  protected move(event: Event, step: number): void {
    event.preventDefault();
    const count = this.found().length;
    if (count > 0) this.active.update((index) => (index + step + count) % count);
    document.getElementById(`owner-${this.active()}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected chooseActive(event: Event): void {
    event.preventDefault();
    const owner = this.found()[this.active()];
    if (owner !== undefined) this.choose(owner);
  }

  protected choose(owner: Owner): void {
    const reason = this.reason().trim();
    this.dialog.close();
    if (!owner.chosen) void this.actions.assignTicket({ ...owner.body, ...(reason === '' ? {} : { reason }) });
  }
}
