import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, deactivateMember, reactivateMember, resendInvitation, withdrawInvitation } from '@ledgerdesk/web-api';
import type { Invitation } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Avatar, Icon, RelativeTime, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../tickets/stores/refusal-text';
import { SeatDialog } from './seat-dialog';
import type { SeatDialogData } from './seat-dialog';
import { Seats } from './seats';
import type { SeatedMember } from './seats';

/** Who works here, who is invited, and, for owners and admins, changing that. */
@Component({
  selector: 'ld-members-page',
  imports: [
    Avatar,
    Icon,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    RelativeTime,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [Seats],
  templateUrl: './members-page.html',
  styleUrl: './members-page.scss',
})
export class MembersPage {
  protected readonly seats = inject(Seats);
  protected readonly wanted = signal('');
  protected readonly found = computed(() => {
    const words = this.wanted().trim().toLowerCase();
    return this.seats
      .members()
      .filter(({ name, email, role }) =>
        `${name ?? ''} ${email ?? ''} ${this.seats.roleName(role)}`.toLowerCase().includes(words),
      );
  });
  protected readonly myId = computed(() => this.session.me()?.member.id);
  private readonly api = inject(Api);
  private readonly dialog = inject(MatDialog);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** Nobody changes their own seat, nor one above it. */
  protected mayChange({ id, role }: SeatedMember): boolean {
    return id !== this.myId() && (role !== 'owner' || this.session.me()?.member.role === 'owner');
  }

  protected isOver({ expiresAt }: Invitation): boolean {
    return Date.parse(expiresAt) < Date.now();
  }

  protected inviteMember(): void {
    this.open({ roles: this.rolesToGive() });
  }

  protected changeMemberRole(member: SeatedMember): void {
    this.open({ roles: this.rolesToGive(), member });
  }

  protected async deactivateMember({ id, name }: SeatedMember): Promise<void> {
    await this.change(
      this.api.invoke(deactivateMember, { memberId: id, 'If-Match': '*' }),
      'members.deactivated',
      name,
    );
  }

  protected async reactivateMember({ id, name }: SeatedMember): Promise<void> {
    await this.change(
      this.api.invoke(reactivateMember, { memberId: id, 'If-Match': '*' }),
      'members.reactivated',
      name,
    );
  }

  protected async resendInvitation({ id, email }: Invitation): Promise<void> {
    await this.change(this.api.invoke(resendInvitation, { invitationId: id }), 'members.resent', email);
  }

  protected async withdrawInvitation({ id, email }: Invitation): Promise<void> {
    await this.change(this.api.invoke(withdrawInvitation, { invitationId: id }), 'members.withdrawn', email);
  }

  private rolesToGive(): SeatDialogData['roles'] {
    return this.seats.givable().map(({ id }) => ({ id, name: this.seats.roleName(id) }));
  }

  private open(data: SeatDialogData): void {
    this.dialog
      .open<SeatDialog, SeatDialogData, boolean>(SeatDialog, { data, width: '440px', maxWidth: '95vw' })
      .afterClosed()
      .subscribe((isDone) => {
        if (isDone === true) void this.seats.read();
      });
  }

  private async change(command: Promise<unknown>, done: string, name: string | null): Promise<void> {
    try {
      await command;
      this.toasts.done(this.texts.translate(done, { name: name ?? '–' }));
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    }
    await this.seats.read();
  }
}
