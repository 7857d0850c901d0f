import { Component, type ElementRef, computed, input, model, viewChild } from '@angular/core';
import { Icon } from '@ledgerdesk/web-ui';

/** A code of the second factor: six digits, or one of the backup codes. */
@Component({
  selector: 'ld-code-field',
  imports: [Icon],
  template: `
    <label [for]="key()">{{ label() }}</label>
    <span class="box">
      <input
        #box
        type="text"
        required
        maxlength="32"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        [inputMode]="digitsOnly() ? 'numeric' : 'text'"
        [id]="key()"
        [value]="value()"
        [attr.aria-invalid]="refusal() !== undefined"
        [attr.aria-describedby]="helpId()"
        (input)="value.set(box.value)"
      />
    </span>
    <small aria-live="polite" [id]="helpId()" [class.refused]="refusal() !== undefined">
      @if (refusal(); as reason) {
        <ld-icon name="error" />
        <span>{{ reason }}</span>
      } @else {
        <span>{{ hint() }}</span>
      }
    </small>
  `,
  styleUrl: '../password/password-field.scss',
  styles: `
    input {
      font-variant-numeric: tabular-nums;
      letter-spacing: 0.08em;
    }
  `,
})
export class CodeField {
  /** Id of the field on its page. */
  readonly key = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly digitsOnly = input(false);
  /** What is wrong with it, in the person's language. */
  readonly refusal = input<string>();
  readonly value = model('');
  protected readonly helpId = computed(() => `${this.key()}-help`);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }
}
