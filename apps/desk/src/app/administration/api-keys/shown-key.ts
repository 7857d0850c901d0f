import { Component, DOCUMENT, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';

/** A key that was made a moment ago, with a way to take it along. */
@Component({
  selector: 'ld-shown-key',
  imports: [Icon, MatButton, TranslocoPipe],
  template: `
    <p class="once"><ld-icon name="warning" /> {{ 'apiKeys.once' | transloco }}</p>
    <div class="key">
      <input
        #field
        type="text"
        readonly
        spellcheck="false"
        [attr.aria-label]="'apiKeys.key' | transloco"
        [value]="key()"
        (focus)="field.select()"
      />
      <button matButton="outlined" type="button" (click)="copy(field)">
        <ld-icon [name]="copied() ? 'check' : 'content_copy'" />
        {{ (copied() ? 'apiKeys.copied' : 'apiKeys.copy') | transloco }}
      </button>
    </div>
    <p class="how">{{ 'apiKeys.how' | transloco }} <code>Authorization: Bearer ldk_live_…</code></p>
    <p class="ld-visually-hidden" role="status">
      @if (copied()) {
        {{ 'apiKeys.copied' | transloco }}
      }
    </p>
  `,
  styleUrl: './shown-key.scss',
})
export class ShownKey {
  readonly key = input.required<string>();
  protected readonly copied = signal(false);
  private readonly clipboard = inject(DOCUMENT).defaultView?.navigator.clipboard;

  /** Where a page may not write to the clipboard (no https), the key is selected, to be copied by hand. */
  protected async copy(field: HTMLInputElement): Promise<void> {
    field.select();
    try {
      await this.clipboard?.writeText(this.key());
      this.copied.set(this.clipboard !== undefined);
    } catch {
      this.copied.set(false);
    }
  }
}
