import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
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
import { MatOption, MatSelect } from '@angular/material/select';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, changeMemberRole, getMember, inviteMember } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../tickets/stores/refusal-text';
import type { SeatedMember } from './seats';

/** The roles that can be given, and to whom; without a member somebody is invited. */
export interface SeatDialogData {
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly member?: SeatedMember;
}

/** Invites somebody with a role, or gives a member another one. Closes with true when it was done. */
@Component({
  selector: 'ld-seat-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatLabel,
    MatOption,
    MatSelect,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ (data.member ? 'members.changeRole' : 'members.invite') | transloco }}</h2>
    <form novalidate (submit)="save($event)">
      <mat-dialog-content class="form">
        @if (data.member; as member) {
          <p class="lead" dir="auto">{{ member.name }}</p>
        } @else {
          <p class="lead">{{ 'members.inviteLead' | transloco }}</p>
          <mat-form-field appearance="outline" subscriptSizing="dynamic">
            <mat-label>{{ 'signIn.email' | transloco }}</mat-label>
            <input
              #box
              matInput
              cdkFocusInitial
              type="email"
              name="invited"
              autocomplete="off"
              maxlength="254"
              required
              [value]="email()"
              (input)="email.set(box.value)"
            />
          </mat-form-field>
        }
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'members.role' | transloco }}</mat-label>
          <mat-select [value]="role()" (valueChange)="role.set($event)">
            @for (one of data.roles; track one.id) {
              <mat-option [value]="one.id">{{ one.name }}</mat-option>
            }
          </mat-select>
        </mat-form-field>
        @if (refusal(); as text) {
          <p class="refusal" role="alert">{{ text }}</p>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton="text" type="button" mat-dialog-close>{{ 'ui.cancel' | transloco }}</button>
        <button matButton="filled" type="submit" [disabled]="busy() || (!data.member && email().trim().length < 3)">
          {{ (data.member ? 'members.save' : 'members.send') | transloco }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: '../tickets/ticket/dialogs/form.scss',
})
export class SeatDialog {
  protected readonly data = inject<SeatDialogData>(MAT_DIALOG_DATA);
  protected readonly email = signal('');
  protected readonly role = signal<string>(this.data.member?.role ?? 'agent');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);
  private readonly toasts = inject(Toasts);
  private readonly dialog = inject<MatDialogRef<SeatDialog, boolean>>(MatDialogRef);
  /** The member as they were when the dialog opened: what somebody else changes meanwhile is not overwritten. */
  private readonly seen = this.version();

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    const { member } = this.data;
    const role = this.role();
    try {
      if (member) {
        const change = { memberId: member.id, 'If-Match': await this.seen, body: { role } };
        await this.api.invoke(changeMemberRole, change);
        this.toasts.done(this.texts.translate('members.changed', { name: member.name ?? '–' }));
      } else {
        const email = this.email().trim();
        await this.api.invoke(inviteMember, { body: { email, role } });
        this.toasts.done(this.texts.translate('members.resent', { name: email }));
      }
      this.dialog.close(true);
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
      this.busy.set(false);
    }
  }

  private async version(): Promise<string> {
    if (!this.data.member) return '*';
    try {
      const { headers } = await this.api.invoke$Response(getMember, { memberId: this.data.member.id });
      return headers.get('ETag') ?? '*';
    } catch {
      // What is wrong will be said when it is saved.
      return '*';
    }
  }
}
