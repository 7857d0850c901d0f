import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { WorkspaceRole } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { refusalText } from '../../tickets/stores/refusal-text';
import { areasOf } from './chosen-permissions';
import { RoleList, isCustom } from './role-list';
import type { RoleDialogData } from './role-dialog';

/** All roles side by side with what they may do; those that the workspace made can be changed, copied and retired. */
@Component({
  selector: 'ld-roles-page',
  imports: [
    Icon,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [RoleList],
  templateUrl: './roles-page.html',
  styleUrl: './roles-page.scss',
})
export class RolesPage {
  protected readonly list = inject(RoleList);
  protected readonly areas = computed(() => areasOf(this.list.permissions()));
  protected readonly mayManage = computed(() => this.session.can('manage', 'Role'));
  protected readonly busy = signal(false);
  private readonly session = inject(Session);
  private readonly dialog = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected nameOf(role: WorkspaceRole): string {
    return role.name ?? this.texts.translate(`role.${role.id}`);
  }

  /** Those that the workspace made, except the person's own. */
  protected mayChange(role: WorkspaceRole): boolean {
    return this.mayManage() && isCustom(role) && role.id !== this.session.me()?.member.role;
  }

  protected defineRole(): Promise<void> {
    return this.ask({ list: this.list, name: '', permissions: [] });
  }

  /** A new role that may do what another does, as far as the person may give that. */
  protected copyRole(role: WorkspaceRole): Promise<void> {
    const name = this.texts.translate('roles.copyName', { name: this.nameOf(role) });
    const permissions = role.permissions.filter((permission) => this.list.own().includes(permission));
    return this.ask({ list: this.list, name, permissions });
  }

  protected async changeRole(role: WorkspaceRole): Promise<void> {
    await this.attempt(async () => {
      const version = await this.list.versionOf(role);
      const { permissions } = role;
      await this.ask({ list: this.list, name: this.nameOf(role), permissions, changes: { role, version } });
    });
  }

  protected async retireRole(role: WorkspaceRole): Promise<void> {
    await this.attempt(async () => {
      await this.list.retire(role);
      this.toasts.done(this.texts.translate('roles.retired', { name: this.nameOf(role) }));
    });
  }

  private async ask(data: RoleDialogData): Promise<void> {
    const { RoleDialog } = await import('./role-dialog');
    const asked = this.dialog.open<unknown, RoleDialogData, boolean>(RoleDialog, { data, width: '560px' });
    const saved = await firstValueFrom(asked.afterClosed(), { defaultValue: undefined });
    if (saved === true) this.toasts.done(this.texts.translate('roles.saved'));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await work();
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
