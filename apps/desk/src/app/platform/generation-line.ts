import { Component, computed, input } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { ReadModelGeneration } from '@ledgerdesk/web-api';
import { Icon } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { InstantPipe } from '../tickets/ticket/words/instant';

type Standing = 'live' | 'building' | 'built' | 'kept';

const ICON: Readonly<Record<Standing, IconName>> = {
  live: 'check_circle',
  building: 'sync',
  built: 'task_alt',
  kept: 'history',
};

/** One generation of a read model: what it is, how far it is, what was found out about it. */
@Component({
  selector: 'ld-generation-line',
  imports: [Icon, InstantPipe, TranslocoPipe],
  templateUrl: './generation-line.html',
  styleUrl: './generation-line.scss',
})
export class GenerationLine {
  readonly generation = input.required<ReadModelGeneration>();
  protected readonly standing = computed<Standing>(() => {
    const { state, built } = this.generation();
    return state === 'building' && built ? 'built' : state;
  });
  protected readonly icon = computed(() => ICON[this.standing()]);
  protected readonly columns = computed(() =>
    Object.entries(this.generation().comparison?.columns ?? {})
      .map(([name, count]) => `${name} ${String(count)}`)
      .join(', '),
  );
  protected readonly refusal = computed(() => this.generation().refusal?.replaceAll('.', '_'));
}
