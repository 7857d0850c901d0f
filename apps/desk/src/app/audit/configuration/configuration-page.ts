import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Api, compareConfiguration } from '@ledgerdesk/web-api';
import type { ConfigurationComparison } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { localInput } from '../../tickets/ticket/dialogs/pend-presets';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { ChangeWords } from '../changes/change-words';

type Difference = ConfigurationComparison['data'][number];

interface Group {
  readonly kind: string;
  readonly subject: string;
  readonly rows: readonly Difference[];
}

const DAY_MS = 86_400_000;
const A_WEEK = 7;

/** How the workspace was set up at two moments, side by side; each value leads to the event that made it so. */
@Component({
  selector: 'ld-configuration-page',
  imports: [Icon, InstantPipe, MatButton, RouterLink, Skeleton, StatePanel, TranslocoPipe],
  templateUrl: './configuration-page.html',
  styleUrl: './configuration-page.scss',
})
export class ConfigurationPage {
  /** From the address; a week ago and now where it does not say. */
  readonly at = input<string>();
  readonly and = input<string>();

  protected readonly words = inject(ChangeWords);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly opened = Date.now();
  protected readonly earlier = computed(() => instantOf(this.at(), this.opened - A_WEEK * DAY_MS));
  protected readonly later = computed(() => instantOf(this.and(), this.opened));
  protected readonly comparison = signal<ConfigurationComparison | undefined>(undefined);
  protected readonly problem = signal<Problem | undefined>(undefined);
  protected readonly groups = computed(() => grouped(this.comparison()?.data ?? []));
  protected readonly changed = computed(() => (this.comparison()?.data ?? []).filter(differs).length);
  /** Every reading gets a number, so that an answer that was overtaken is dropped. */
  private turn = 0;

  constructor() {
    effect(() => {
      const moments = { at: this.earlier(), and: this.later() };
      untracked(() => void this.read(moments));
    });
  }

  protected local(at: string): string {
    return localInput(new Date(at));
  }

  protected choose(moment: 'at' | 'and', local: string): void {
    if (local === '') return;
    void this.router.navigate([], {
      queryParams: { [moment]: new Date(local).toISOString() },
      queryParamsHandling: 'merge',
    });
  }

  protected retry(): void {
    void this.read({ at: this.earlier(), and: this.later() });
  }

  protected isChanged(row: Difference): boolean {
    return differs(row);
  }

  private async read(moments: { readonly at: string; readonly and: string }): Promise<void> {
    const turn = ++this.turn;
    this.comparison.set(undefined);
    this.problem.set(undefined);
    try {
      const comparison = await this.api.invoke(compareConfiguration, moments);
      if (turn === this.turn) this.comparison.set(comparison);
    } catch (error) {
      if (turn === this.turn) this.problem.set(problemOf(error));
    }
  }
}

function instantOf(given: string | undefined, otherwise: number): string {
  const at = Date.parse(given ?? '');
  return new Date(Number.isNaN(at) ? otherwise : at).toISOString();
}

function differs({ before, after }: Difference): boolean {
  return JSON.stringify(before?.value ?? null) !== JSON.stringify(after?.value ?? null);
}

/** Rows come by what they are about. */
function grouped(rows: readonly Difference[]): readonly Group[] {
  const groups: { kind: string; subject: string; rows: Difference[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.subject === row.subject) last.rows.push(row);
    else groups.push({ kind: row.kind, subject: row.subject, rows: [row] });
  }
  return groups;
}
