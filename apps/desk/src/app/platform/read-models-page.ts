import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { ReadModel, ReadModelChange } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../tickets/stores/refusal-text';
import { InstantPipe } from '../tickets/ticket/words/instant';
import { GenerationLine } from './generation-line';
import { ReadModels } from './read-models';

/** The read models of the installation: how far they are, and building them again beside those that everybody reads. */
@Component({
  selector: 'ld-read-models-page',
  imports: [GenerationLine, Icon, InstantPipe, MatButton, MatIconButton, Skeleton, StatePanel, TranslocoPipe],
  providers: [ReadModels],
  templateUrl: './read-models-page.html',
  styleUrl: './read-models-page.scss',
})
export class ReadModelsPage {
  protected readonly models = inject(ReadModels);
  protected readonly busy = signal(false);
  protected readonly mayChange = computed(() => this.models.mayChange() && this.session.can('change', 'ReadModel'));
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** What can be asked for as the read model stands. */
  protected changesFor({ generations }: ReadModel): readonly ReadModelChange[] {
    const building = generations.find(({ state }) => state === 'building');
    const isKept = generations.some(({ state }) => state === 'kept');
    const isParked = generations.some(({ state, parkedStreams }) => state === 'live' && parkedStreams > 0);
    return [
      ...(building === undefined ? (['rebuild-and-switch', 'rebuild'] as const) : []),
      ...(building?.built ? (['switch'] as const) : []),
      ...(building?.built || isKept ? (['compare'] as const) : []),
      ...(isKept && building === undefined ? (['roll-back'] as const) : []),
      ...(building !== undefined || isKept ? (['drop'] as const) : []),
      ...(isParked ? (['replay'] as const) : []),
    ];
  }

  protected async changeReadModel({ name }: ReadModel, change: ReadModelChange): Promise<void> {
    this.busy.set(true);
    try {
      await this.models.change(name, change);
      this.toasts.done(this.texts.translate('readModels.done', { name }));
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
