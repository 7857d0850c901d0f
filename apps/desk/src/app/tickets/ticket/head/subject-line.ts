import { Component, Injector, afterNextRender, computed, inject, input, signal, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { TicketActions } from '../actions/ticket-actions';

/** The subject, which is renamed where it stands: Enter keeps it, Escape leaves it. */
@Component({
  selector: 'ld-subject-line',
  imports: [Icon, TranslocoPipe],
  template: `
    @if (editing()) {
      <input
        #field
        type="text"
        maxlength="255"
        dir="auto"
        autocomplete="off"
        [attr.aria-label]="'act.renameTicket' | transloco"
        [value]="subject() ?? ''"
        (keydown.enter)="rename(field.value)"
        (keydown.escape)="leave()"
        (blur)="rename(field.value)"
      />
    } @else {
      <h2 dir="auto" [attr.title]="subject()">{{ subject() ?? ('ticket.erased' | transloco) }}</h2>
      @if (mayRename()) {
        <button type="button" [attr.aria-label]="'act.renameTicket' | transloco" (click)="edit()">
          <ld-icon name="edit" />
        </button>
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      flex: 1;
      align-items: center;
      gap: 4px;
      min-inline-size: 0;
      min-block-size: 32px;
    }
    @media (max-width: 759px) {
      :host h2 {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        white-space: normal;
      }
    }
    h2 {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    input {
      inline-size: 100%;
      block-size: 30px;
      margin-inline-start: -8px;
      padding-inline: 7px;
      border: 1px solid var(--ld-accent);
      border-radius: var(--ld-radius);
      background: var(--ld-page);
      font-size: 15px;
      font-weight: 600;
    }
    button {
      display: grid;
      flex: none;
      place-items: center;
      inline-size: 26px;
      block-size: 26px;
      border: 0;
      border-radius: 5px;
      background: none;
      color: var(--ld-text-quiet);
      opacity: 0;
      cursor: pointer;
    }
    :host(:hover) button,
    button:focus-visible {
      opacity: 1;
    }
    button:hover {
      background: var(--ld-hover);
    }
    button ld-icon {
      font-size: 16px;
    }
    @media (hover: none) {
      button {
        opacity: 1;
      }
    }
  `,
})
export class SubjectLine {
  readonly subject = input.required<string | null>();
  protected readonly editing = signal(false);
  protected readonly mayRename = computed(() => this.actions.may('edit'));
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly actions = inject(TicketActions);
  private readonly injector = inject(Injector);

  /** Begins to rename. */
  edit(): void {
    if (!this.mayRename()) return;
    this.editing.set(true);
    afterNextRender(() => this.field()?.nativeElement.select(), { injector: this.injector });
  }

  protected leave(): void {
    this.editing.set(false);
  }

  protected rename(text: string): void {
    if (!this.editing()) return;
    this.editing.set(false);
    const subject = text.trim();
    if (subject !== '' && subject !== this.subject()) void this.actions.renameTicket(subject);
  }
}
