import { Component, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Icon, Toasts } from '@ledgerdesk/web-ui';

/** Ten codes for the day the phone is gone, shown this once. */
@Component({
  selector: 'ld-backup-codes',
  imports: [Icon, MatButton, TranslocoPipe],
  template: `
    <h3 tabindex="-1">{{ 'factor.backup' | transloco }}</h3>
    <p>{{ 'factor.backupLead' | transloco }}</p>
    <ul [attr.aria-label]="'factor.backup' | transloco">
      @for (code of codes(); track code) {
        <li>
          <code>{{ code }}</code>
        </li>
      }
    </ul>
    <div class="actions">
      <button matButton="outlined" type="button" (click)="copy()">
        <ld-icon name="content_copy" /> {{ 'factor.copy' | transloco }}
      </button>
      <button matButton="filled" type="button" (click)="kept.emit()">{{ 'factor.kept' | transloco }}</button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
    }
    p {
      color: var(--ld-text-quiet);
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(130px, 1fr));
      gap: 4px 16px;
      max-inline-size: 440px;
      padding: 12px 16px;
      border: 1px solid var(--ld-line);
      border-radius: var(--ld-radius);
    }
    code {
      font-size: 14px;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
  `,
})
export class BackupCodes {
  readonly codes = input.required<readonly string[]>();
  /** The person says that they have kept them. */
  readonly kept = output();
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.codes().join('\n'));
    this.toasts.done(this.texts.translate('factor.copied'));
  }
}
