import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { WorkspaceRole } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../../tickets/stores/refusal-text';
import { areasOf, chosenWith, chosenWithout } from './chosen-permissions';
import type { RoleList } from './role-list';

export interface RoleDialogData {
  readonly list: RoleList;
  /** The role that is changed, and the version that was read of it; absent for a new one. */
  readonly changes?: { readonly role: WorkspaceRole; readonly version: string };
  readonly name: string;
  readonly permissions: readonly string[];
}

/** The name and the permissions of a role. What the person may not do themselves stays as it is. Closes with true when it was saved. */
@Component({
  selector: 'ld-role-dialog',
  imports: [
    MatButton,
    MatCheckbox,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    TranslocoPipe,
  ],
  templateUrl: './role-dialog.html',
  styleUrl: './role-dialog.scss',
})
export class RoleDialog {
  protected readonly data = inject<RoleDialogData>(MAT_DIALOG_DATA);
  protected readonly areas = areasOf(this.data.list.permissions());
  protected readonly name = signal(this.data.name);
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly chosen = signal(this.data.permissions);
  protected readonly maySave = computed(() => !this.busy() && this.name().trim() !== '' && this.chosen().length > 0);
  private readonly dialog = inject<MatDialogRef<RoleDialog, boolean>>(MatDialogRef);
  private readonly texts = inject(TranslocoService);

  protected isChosen(permission: string): boolean {
    return this.chosen().includes(permission);
  }

  protected mayGive(permission: string): boolean {
    return this.data.list.own().includes(permission);
  }

  protected choose(permission: string, on: boolean): void {
    const change = on ? chosenWith : chosenWithout;
    this.chosen.update((chosen) => change(chosen, permission, this.data.list.permissions()));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.maySave()) return;
    this.busy.set(true);
    const { list, changes } = this.data;
    const body = { name: this.name().trim(), permissions: [...this.chosen()] };
    try {
      await (changes ? list.change(changes.role, body, changes.version) : list.define(body));
      this.dialog.close(true);
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
      this.busy.set(false);
    }
  }
}
