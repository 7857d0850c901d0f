import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Ticket } from '@ledgerdesk/web-api';
import { FactWords } from '../words/fact-words';
import type { MomentChange } from './moment-changes';

interface FieldRow {
  readonly field: string;
  readonly value: unknown;
  readonly change: MomentChange | undefined;
}

/** The fields of a ticket as they were, with former and new value where the last event changed one. Cells never move. */
@Component({
  selector: 'ld-moment-fields',
  imports: [TranslocoPipe],
  templateUrl: './moment-fields.html',
  styleUrl: './moment-fields.scss',
})
export class MomentFields {
  readonly ticket = input.required<Ticket>();
  readonly changes = input.required<readonly MomentChange[]>();
  protected readonly words = inject(FactWords);
  protected readonly changed = computed(() => new Map(this.changes().map((change) => [change.field, change])));
  protected readonly rows = computed<readonly FieldRow[]>(() => {
    const { status, priority, assigneeId, teamId, category, subcategory, pendingUntil, tags, customFields, links } =
      this.ticket();
    const plain = Object.entries({ status, priority, assigneeId, teamId, category, subcategory, pendingUntil });
    const rows = [
      ...plain.map(([field, value]) => this.row(field, value)),
      this.whole('tag', tags.join(', ')),
      ...Object.entries(customFields).map(([name, value]) => this.row(`field:${name}`, value)),
      this.whole('link', links.length === 0 ? null : String(links.length)),
    ];
    const gone = this.changes()
      .filter(({ field, to }) => field.startsWith('field:') && to === null)
      .map((change) => ({ field: change.field, value: null, change }));
    return [...rows, ...gone];
  });

  private row(field: string, value: unknown): FieldRow {
    return { field, value, change: this.changed().get(field) };
  }

  /** Tags and links change one by one and are shown together. */
  private whole(kind: string, value: string | null): FieldRow {
    const changes = this.changes().filter(({ field }) => field.startsWith(`${kind}:`));
    const told = (side: 'from' | 'to'): string | null => {
      const texts = changes.map((change) => change[side]).filter((text) => text !== null);
      return texts.length === 0
        ? null
        : kind === 'link'
          ? String(texts.length)
          : texts.map((text) => this.words.value(kind, text)).join(', ');
    };
    const change = { field: `${kind}:`, from: told('from'), to: told('to') };
    return { field: `${kind}:`, value, change: changes.length === 0 ? undefined : change };
  }
}
