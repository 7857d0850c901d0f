import { Component, type ElementRef, computed, input, model, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';

/** A password that can be shown while it is written, with a hint below it, or what is wrong with it. */
@Component({
  selector: 'ld-password-field',
  imports: [Icon, TranslocoPipe],
  template: `
    <label [for]="id()">{{ label() }}</label>
    <span class="box">
      <input
        #box
        required
        maxlength="256"
        autocapitalize="none"
        spellcheck="false"
        [id]="id()"
        [name]="name()"
        [autocomplete]="name()"
        [type]="shown() ? 'text' : 'password'"
        [value]="value()"
        [attr.aria-invalid]="refusal() !== undefined"
        [attr.aria-describedby]="helpId()"
        (input)="value.set(box.value)"
      />
      <button
        type="button"
        [attr.aria-label]="(shown() ? 'signIn.hide' : 'signIn.show') | transloco"
        [attr.aria-pressed]="shown()"
        (click)="shown.set(!shown())"
      >
        <ld-icon [name]="shown() ? 'visibility_off' : 'visibility'" />
      </button>
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
  styleUrl: './password-field.scss',
})
export class PasswordField {
  /** Names the field for password managers too. */
  readonly name = input.required<'current-password' | 'new-password'>();
  /** Tells fields of the same name on one page apart. */
  readonly key = input<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  /** What is wrong with it, in the person's language. */
  readonly refusal = input<string>();
  readonly value = model('');
  protected readonly shown = signal(false);
  protected readonly id = computed(() => this.key() ?? this.name());
  protected readonly helpId = computed(() => `${this.id()}-help`);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  focus(): void {
    this.box().nativeElement.focus();
  }

  /** Empty, and hidden again. */
  clear(): void {
    this.value.set('');
    this.shown.set(false);
  }
}
