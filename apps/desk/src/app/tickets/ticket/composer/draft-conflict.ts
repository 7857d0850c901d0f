import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Draft } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';
import { DraftKeeper } from './draft-keeper';

/** The same draft was written on in another tab: both texts are there, and the person chooses. */
@Component({
  selector: 'ld-draft-conflict',
  imports: [Icon, MatButton, TranslocoPipe],
  template: `
    <div role="alert">
      <p><ld-icon name="warning" /> {{ 'composer.draftConflict' | transloco }}</p>
      @for (text of texts(theirs()); track $index) {
        <blockquote dir="auto">{{ text }}</blockquote>
      }
      <p class="choice">
        <button matButton="outlined" type="button" (click)="keeper.takeTheirs()">
          {{ 'composer.takeTheirs' | transloco }}
        </button>
        <button matButton="outlined" type="button" (click)="keeper.keepMine()">
          {{ 'composer.keepMine' | transloco }}
        </button>
      </p>
    </div>
  `,
  styles: `
    div {
      display: grid;
      gap: 6px;
      margin: 8px 8px 0;
      padding: 8px 10px;
      border: 1px solid var(--ld-amber-line);
      border-radius: var(--ld-radius);
      background: var(--ld-amber-tint);
    }
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      color: var(--ld-amber);
      font-weight: 600;
    }
    ld-icon {
      font-size: 16px;
    }
    blockquote {
      max-block-size: 96px;
      margin: 0;
      overflow-y: auto;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
})
export class DraftConflict {
  readonly theirs = input.required<Draft>();
  protected readonly keeper = inject(DraftKeeper);

  protected texts({ reply, note }: Draft): readonly string[] {
    return [reply, note].filter((text) => text.trim() !== '');
  }
}
