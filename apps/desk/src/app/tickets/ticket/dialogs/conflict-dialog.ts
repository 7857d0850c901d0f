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
import type { Disagreement } from '@ledgerdesk/web-session';
import { FactWords } from '../words/fact-words';

/** Somebody else changed the same field meanwhile: both values, and the person chooses. Closes with true to insist. */
@Component({
  selector: 'ld-conflict-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, TranslocoPipe],
  template: `
    <h2 mat-dialog-title>{{ 'conflict.title' | transloco }}</h2>
    <mat-dialog-content>
      <p class="lead">{{ 'conflict.lead' | transloco }}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="ld-visually-hidden">{{ 'conflict.field' | transloco }}</span>
            </th>
            <th scope="col">{{ 'conflict.theirs' | transloco }}</th>
            <th scope="col">{{ 'conflict.yours' | transloco }}</th>
          </tr>
        </thead>
        <tbody>
          @for (one of conflicts; track one.field) {
            <tr>
              <th scope="row">{{ words.field(one.field) }}</th>
              <td class="theirs" dir="auto">{{ words.value(one.field, one.theirs) }}</td>
              <td class="yours" dir="auto">{{ words.value(one.field, one.yours) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="outlined" type="button" [mat-dialog-close]="false">
        {{ 'conflict.keepTheirs' | transloco }}
      </button>
      <button matButton="filled" type="button" [mat-dialog-close]="true">
        {{ 'conflict.applyYours' | transloco }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    .lead {
      padding-block-end: 12px;
      color: var(--ld-text-quiet);
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      table-layout: fixed;
    }
    th {
      padding: 6px 8px;
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
      text-align: start;
    }
    td {
      padding: 8px 10px;
      border: 1px solid var(--ld-line);
      font-weight: 500;
      overflow-wrap: anywhere;
      vertical-align: top;
    }
    .yours {
      background: var(--ld-accent-tint);
      color: var(--ld-on-accent-tint);
    }
  `,
})
export class ConflictDialog {
  protected readonly conflicts = inject<readonly Disagreement[]>(MAT_DIALOG_DATA);
  protected readonly words = inject(FactWords);
}
