import { Component, computed, inject, input } from '@angular/core';
import { Language } from '../language';
import { Now } from './now';
import { relative, wholeInstant } from './relative';

/** An instant as "5 min", with the whole instant on hover. Digits keep their width. */
@Component({
  selector: 'ld-time',
  template: `<time [attr.datetime]="at()" [attr.title]="whole()">{{ text() }}</time>`,
  styles: `
    :host {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
  `,
})
export class RelativeTime {
  /** RFC 3339. */
  readonly at = input.required<string>();
  private readonly now = inject(Now);
  private readonly language = inject(Language);
  private readonly instant = computed(() => Date.parse(this.at()));
  protected readonly text = computed(() => relative(this.instant(), this.now.at(), this.language.current()));
  protected readonly whole = computed(() => wholeInstant(this.instant(), this.language.current()));
}
