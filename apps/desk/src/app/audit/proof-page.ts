import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../tickets/stores/refusal-text';
import { InstantPipe } from '../tickets/ticket/words/instant';
import { ProofReport } from './proof-report';
import { Verifications } from './verifications';

/** Checks of the ledger, for those who have to trust it. Which report is shown lives in the address. */
@Component({
  selector: 'ld-proof-page',
  imports: [Icon, InstantPipe, MatButton, ProofReport, RouterLink, Skeleton, StatePanel, TranslocoPipe],
  providers: [Verifications],
  templateUrl: './proof-page.html',
  styleUrl: './proof-page.scss',
})
export class ProofPage {
  /** From the address: the id of a check; the newest when absent. */
  readonly report = input<string>();

  protected readonly verifications = inject(Verifications);
  protected readonly asking = signal(false);
  protected readonly shown = computed(() => {
    const ended = this.verifications.ended();
    return ended.find(({ id }) => id === this.report()) ?? ended.at(0);
  });
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  constructor() {
    void this.verifications.read();
  }

  protected async verifyLedger(): Promise<void> {
    this.asking.set(true);
    try {
      await this.verifications.verifyLedger();
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.asking.set(false);
    }
  }

  protected read(): void {
    void this.verifications.read();
  }
}
