import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { TimelineEntry } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../../stores/current-ticket';
import { UndoChanges } from '../../stores/undo-changes';
import { ActorNames } from '../words/actor-names';
import type { KnownCustomer } from '../words/actor-names';
import { FactWords, factIcon } from '../words/fact-words';
import { InstantPipe } from '../words/instant';
import { undoable } from './undoable';

/** Facts that one actor made in a row: one grey line, which unfolds. */
@Component({
  selector: 'ld-fact-run',
  imports: [Icon, InstantPipe, TranslocoPipe],
  template: `
    @if (unfolded() || entries().length === 1) {
      <ul>
        @for (entry of entries(); track entry.id) {
          <li [class.marked]="entry.id === marked()">
            <ld-icon [name]="icon(entry)" />
            <span class="words" dir="auto"
              ><b>{{ name() }}</b> {{ words.phrase(entry) }}
              @if (entry.text; as reason) {
                <q>{{ reason }}</q>
              }
              @if (entry.imported) {
                <i>{{ 'story.imported' | transloco }}</i>
              }
            </span>
            @if (offersUndo(entry)) {
              <button
                type="button"
                class="undo"
                [attr.aria-label]="'story.undo' | transloco: { what: words.phrase(entry) }"
                [attr.title]="'ui.undo' | transloco"
                (click)="undo(entry)"
              >
                <ld-icon name="undo" />
              </button>
            }
            <time [attr.datetime]="entry.at" [attr.title]="entry.at | instant: 'exact'">{{
              entry.at | instant: 'time'
            }}</time>
          </li>
        }
      </ul>
    } @else {
      <button type="button" class="fold" aria-expanded="false" (click)="unfolded.set(true)">
        <ld-icon name="expand_more" />
        <span class="words one-line" dir="auto"
          ><b>{{ name() }}</b> {{ folded() }}</span
        >
        <span class="count">{{ 'story.facts' | transloco: { count: entries().length } }}</span>
      </button>
    }
  `,
  styles: `
    :host {
      display: block;
      color: var(--ld-text-quiet);
      font-size: 12px;
    }
    li,
    .fold {
      display: flex;
      align-items: center;
      gap: 8px;
      inline-size: 100%;
      min-block-size: 24px;
      padding: 2px 8px;
      border: 0;
      border-radius: var(--ld-radius);
      background: none;
      color: inherit;
      text-align: start;
    }
    .fold {
      cursor: pointer;
    }
    .undo {
      display: grid;
      place-items: center;
      inline-size: 24px;
      block-size: 24px;
      margin-block: -2px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: inherit;
      cursor: pointer;
    }
    .fold:hover,
    .undo:hover {
      background: var(--ld-hover);
    }
    .marked {
      background: var(--ld-accent-tint);
      color: var(--ld-on-accent-tint);
      box-shadow: inset 3px 0 var(--ld-accent);
    }
    ld-icon {
      font-size: 16px;
    }
    .words {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .one-line {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    b {
      font-weight: 500;
    }
    q {
      font-style: italic;
    }
    .count,
    time {
      flex: none;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class FactRun {
  readonly entries = input.required<readonly TimelineEntry[]>();
  readonly customer = input.required<KnownCustomer>();
  /** Id of the entry to mark; a run that holds it is unfolded. */
  readonly marked = input<string>();
  /** Whether changes can be taken back here; not in a ticket as it once was. */
  readonly live = input(false);
  protected readonly words = inject(FactWords);
  private readonly actors = inject(ActorNames);
  private readonly session = inject(Session);
  private readonly current = inject(CurrentTicket);
  private readonly changes = inject(UndoChanges);
  protected readonly unfolded = linkedSignal(() => this.entries().some((entry) => entry.id === this.marked()));
  protected readonly name = computed(() => this.actors.nameOf(this.entries()[0]?.actor ?? '', this.customer()));
  protected readonly folded = computed(() =>
    this.entries()
      .map((entry) => this.words.phrase(entry))
      .join(', '),
  );

  protected offersUndo(entry: TimelineEntry): boolean {
    // What came from a merged ticket can not be changed any more.
    if (!this.live() || entry.ticketId !== this.current.id()) return false;
    return this.session.can('edit', 'Ticket') && undoable(entry, this.session.me()?.member.id, Date.now());
  }

  protected undo({ ticketId, revision }: TimelineEntry): void {
    void this.changes.undo(ticketId, revision);
  }

  protected icon(entry: TimelineEntry): ReturnType<typeof factIcon> {
    return factIcon(entry.type);
  }
}
