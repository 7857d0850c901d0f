import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ConfigurationKind } from '@ledgerdesk/web-api';
import { People } from '../../tickets/stores/people';
import { localInput } from '../../tickets/ticket/dialogs/pend-presets';
import type { ChangeQuestion } from './change-list';
import { ChangeWords } from './change-words';

const KINDS: Readonly<Record<ConfigurationKind, true>> = {
  workspace: true,
  member: true,
  team: true,
  role: true,
  apikey: true,
  provider: true,
};

/** The filters of the changes: what, who, when, and a text that stands in it. */
@Component({
  selector: 'ld-change-filters',
  imports: [MatButton, TranslocoPipe],
  templateUrl: './change-filters.html',
  styleUrl: '../ledger-filters.scss',
})
export class ChangeFilters {
  readonly question = input.required<ChangeQuestion>();
  /** Filters that are different now; an empty text takes one away. */
  readonly changed = output<ChangeQuestion>();

  protected readonly kinds = Object.keys(KINDS) as readonly ConfigurationKind[];
  protected readonly words = inject(ChangeWords);
  private readonly people = inject(People);
  protected readonly members = computed(() =>
    this.people
      .members()
      .filter(({ canSignIn, name }) => canSignIn && name !== null)
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
  );
  protected readonly filtered = computed(() => Object.values(this.question()).some((value) => Boolean(value)));

  protected kindOf(text: string): ConfigurationKind | '' {
    return this.kinds.find((kind) => kind === text) ?? '';
  }

  protected local(at: string | undefined): string {
    return at === undefined || Number.isNaN(Date.parse(at)) ? '' : localInput(new Date(at));
  }

  protected instant(local: string): string {
    return local === '' ? '' : new Date(local).toISOString();
  }
}
