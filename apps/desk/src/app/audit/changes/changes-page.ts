import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { ConfigurationKind } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { ActorNames } from '../../tickets/ticket/words/actor-names';
import { EventWords } from '../../tickets/ticket/words/event-words';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { ChangeFilters } from './change-filters';
import { ChangeList } from './change-list';
import type { ChangeQuestion } from './change-list';
import { ChangeWords } from './change-words';

/** Who changed what in the configuration, before and after, with the way to its place in the ledger. Filters live in the address. */
@Component({
  selector: 'ld-changes-page',
  imports: [
    ChangeFilters,
    Icon,
    InstantPipe,
    MatButton,
    MatIconButton,
    RouterLink,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [ChangeList],
  templateUrl: './changes-page.html',
  styleUrl: './changes-page.scss',
})
export class ChangesPage {
  /** From the address. */
  readonly kind = input<ConfigurationKind>();
  readonly actor = input<string>();
  readonly subject = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly q = input<string>();

  protected readonly changes = inject(ChangeList);
  protected readonly words = inject(ChangeWords);
  protected readonly events = inject(EventWords);
  protected readonly actors = inject(ActorNames);
  protected readonly session = inject(Session);
  protected readonly fetching = signal(false);
  protected readonly question = computed<ChangeQuestion>(() => ({
    kind: this.kind(),
    actor: this.actor(),
    subject: this.subject(),
    from: this.from(),
    to: this.to(),
    q: this.q(),
  }));
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  constructor() {
    effect(() => {
      const question = this.question();
      untracked(() => void this.changes.ask(question));
    });
  }

  protected filter(change: ChangeQuestion): void {
    const queryParams = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [name, value === '' ? null : value]),
    );
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected refresh(): void {
    void this.changes.ask(this.question());
  }

  protected async exportChanges(): Promise<void> {
    this.fetching.set(true);
    try {
      const url = URL.createObjectURL(await this.changes.file());
      const link = document.createElement('a');
      link.href = url;
      link.download = `${this.session.me()?.workspace.slug ?? 'workspace'}-changes.csv`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.fetching.set(false);
    }
  }
}
