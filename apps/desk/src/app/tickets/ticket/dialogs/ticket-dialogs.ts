import { Injectable, inject } from '@angular/core';
import type { Type } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';

/** Opens the forms of the ticket pane, each loaded when it is first needed; one at a time. */
@Injectable({ providedIn: 'root' })
export class TicketDialogs {
  private readonly dialog = inject(MatDialog);

  assign(): void {
    void this.show(() => import('./assign-dialog').then((file) => file.AssignDialog));
  }

  pend(): void {
    void this.show(() => import('./pend-dialog').then((file) => file.PendDialog));
  }

  categorise(): void {
    void this.show(() => import('./categorise-dialog').then((file) => file.CategoriseDialog));
  }

  fields(): void {
    void this.show(() => import('./fields-dialog').then((file) => file.FieldsDialog));
  }

  handOff(): void {
    void this.show(() => import('./hand-off-dialog').then((file) => file.HandOffDialog));
  }

  link(): void {
    void this.show(() => import('./link-dialog').then((file) => file.LinkDialog));
  }

  merge(): void {
    void this.show(() => import('./merge-dialog').then((file) => file.MergeDialog));
  }

  /** @param messageId the message that goes in any case, unless the person decides otherwise */
  split(messageId: string): void {
    void this.show(() => import('./split-dialog').then((file) => file.SplitDialog), messageId);
  }

  private async show(load: () => Promise<Type<unknown>>, data?: unknown): Promise<void> {
    const form = await load();
    if (this.dialog.openDialogs.length === 0) this.dialog.open(form, { width: '480px', data });
  }
}
