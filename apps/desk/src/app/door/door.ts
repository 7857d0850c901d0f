import { Component, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon, Language } from '@ledgerdesk/web-ui';

/** The card of the pages that people see before they are signed in, with the switch of languages below. */
@Component({
  selector: 'ld-door',
  imports: [Icon, TranslocoPipe],
  template: `
    <main>
      <section class="card">
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path class="stem" d="M9.5 8.5v14.5H23" />
          <path class="lines" d="M14.5 9H23M14.5 13.7H23M14.5 18.4h5" />
        </svg>
        <h1>{{ heading() }}</h1>
        <p class="lead">{{ lead() }}</p>
        <ng-content />
      </section>
    </main>
    <footer>
      <button type="button" (click)="language.current.set(language.current() === 'en' ? 'de' : 'en')">
        <ld-icon name="language" /> {{ 'commands.language' | transloco }}
      </button>
    </footer>
  `,
  styleUrl: './door.scss',
})
export class Door {
  readonly heading = input.required<string>();
  readonly lead = input.required<string>();
  protected readonly language = inject(Language);
}
