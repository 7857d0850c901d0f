import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { TranslocoPipe } from '@jsverse/transloco';

export interface RevokeKeyData {
  readonly name: string;
}

/** A key that is in use stops something: so it is asked once more. Closes with true. */
@Component({
  selector: 'ld-revoke-key-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, TranslocoPipe],
  template: `
    <h2 mat-dialog-title>{{ 'apiKeys.revokeTitle' | transloco }}</h2>
    <mat-dialog-content>
      <p>{{ 'apiKeys.revokeLead' | transloco: { name: data.name } }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="text" type="button" mat-dialog-close cdkFocusInitial>{{ 'ui.cancel' | transloco }}</button>
      <button matButton="filled" type="button" [mat-dialog-close]="true">{{ 'apiKeys.revoke' | transloco }}</button>
    </mat-dialog-actions>
  `,
})
export class RevokeKeyDialog {
  protected readonly data = inject<RevokeKeyData>(MAT_DIALOG_DATA);
}
