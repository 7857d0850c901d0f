import { Component, Injector, afterNextRender, computed, inject, input, signal, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '@ledgerdesk/web-ui';
import { TicketActions } from '../actions/ticket-actions';

/** The tags of the ticket; each can be taken off, and new ones are typed in place. */
@Component({
  selector: 'ld-tags-editor',
  imports: [Icon, TranslocoPipe],
  template: `
    <ul [attr.aria-label]="'fields.tags' | transloco">
      @for (tag of tags(); track tag) {
        <li class="tag" dir="auto">
          {{ tag }}
          @if (mayEdit()) {
            <button type="button" [attr.aria-label]="'act.untagTicket' | transloco: { tag }" (click)="untag(tag)">
              <ld-icon name="close" />
            </button>
          }
        </li>
      }
      @if (mayEdit()) {
        <li>
          @if (adding()) {
            <input
              #field
              type="text"
              maxlength="200"
              dir="auto"
              autocomplete="off"
              autocapitalize="off"
              [attr.aria-label]="'act.tagTicket' | transloco"
              [placeholder]="'act.tagHint' | transloco"
              (keydown.enter)="add(field)"
              (keydown.escape)="adding.set(false)"
              (blur)="leave(field)"
            />
          } @else {
            <button type="button" class="more" (click)="edit()">
              <ld-icon name="sell" /> {{ 'act.tagTicket' | transloco }}
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    ul {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
    }
    .tag {
      display: inline-flex;
      align-items: center;
      gap: 2px;
      max-inline-size: 180px;
      block-size: 22px;
      padding-inline: 7px 3px;
      border: 1px solid var(--ld-line-strong);
      border-radius: 5px;
      font-size: 12px;
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    .tag:not(:has(button)) {
      padding-inline-end: 7px;
    }
    button {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--ld-text-quiet);
      font-size: 12px;
      cursor: pointer;
    }
    .tag button {
      justify-content: center;
      inline-size: 24px;
      block-size: 24px;
      padding: 0;
      margin-inline-end: -3px;
    }
    .tag ld-icon {
      font-size: 14px;
    }
    .more {
      block-size: 24px;
      padding-inline: 6px;
    }
    .more ld-icon {
      font-size: 16px;
    }
    button:hover {
      background: var(--ld-hover);
      color: var(--ld-text);
    }
    input {
      inline-size: 128px;
      block-size: 24px;
      padding-inline: 7px;
      border: 1px solid var(--ld-accent);
      border-radius: 5px;
      background: var(--ld-page);
      font-size: 12px;
    }
  `,
})
export class TagsEditor {
  readonly tags = input.required<readonly string[]>();
  protected readonly adding = signal(false);
  protected readonly mayEdit = computed(() => this.actions.may('edit'));
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly actions = inject(TicketActions);
  private readonly injector = inject(Injector);

  /** Begins to add a tag. */
  edit(): void {
    if (!this.mayEdit()) return;
    this.adding.set(true);
    afterNextRender(() => this.field()?.nativeElement.focus(), { injector: this.injector });
  }

  /** Takes what was typed (one tag or several, with commas) and stays for the next one. */
  protected add(field: HTMLInputElement): void {
    const tags = field.value
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
    field.value = '';
    if (tags.length === 0) this.adding.set(false);
    else void this.actions.tagTicket(tags);
  }

  protected leave(field: HTMLInputElement): void {
    if (!this.adding()) return;
    if (field.value.trim() !== '') this.add(field);
    this.adding.set(false);
  }

  protected untag(tag: string): void {
    void this.actions.untagTicket([tag]);
  }
}
