import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { LedgerExport } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Language, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { LedgerExports } from './ledger-exports';

const SHORTEST = 12;
const MEGABYTE = 1_000_000;
const ONE_DECIMAL = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** The whole ledger as a file: asked for, watched while it is made, taken home. */
@Component({
  selector: 'ld-exports-page',
  imports: [Icon, InstantPipe, MatButton, RouterLink, Skeleton, StatePanel, TranslocoPipe],
  providers: [LedgerExports],
  templateUrl: './exports-page.html',
  styleUrl: './exports-page.scss',
})
export class ExportsPage {
  protected readonly exports = inject(LedgerExports);
  protected readonly asking = signal(false);
  /** Id of the file that is on its way. */
  protected readonly fetching = signal<string | undefined>(undefined);
  protected readonly withKeys = signal(false);
  protected readonly passphrase = signal('');
  protected readonly again = signal('');
  protected readonly weak = computed(() => [...this.passphrase()].length < SHORTEST);
  protected readonly differs = computed(() => this.again() !== this.passphrase());
  protected readonly ready = computed(() => !this.withKeys() || (!this.weak() && !this.differs()));
  private readonly session = inject(Session);
  protected readonly mayHaveKeys = computed(() => this.session.can('export-keys', 'Ledger'));
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);
  private readonly language = inject(Language);

  constructor() {
    void this.exports.read();
  }

  protected async exportLedger(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.ready()) return;
    this.asking.set(true);
    try {
      await this.exports.exportLedger(this.withKeys() ? this.passphrase() : undefined);
      this.passphrase.set('');
      this.again.set('');
      this.withKeys.set(false);
    } catch (error) {
      this.refused(error);
    } finally {
      this.asking.set(false);
    }
  }

  protected async downloadLedgerExport({ id, requestedAt }: LedgerExport): Promise<void> {
    this.fetching.set(id);
    try {
      const url = URL.createObjectURL(await this.exports.downloadLedgerExport(id));
      const slug = this.session.me()?.workspace.slug ?? 'workspace';
      const link = document.createElement('a');
      link.href = url;
      link.download = `${slug}-${requestedAt.slice(0, 10)}.ledger.gz`;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      this.refused(error);
    } finally {
      this.fetching.set(undefined);
    }
  }

  protected read(): void {
    void this.exports.read();
  }

  protected mayTake({ state, withKeys }: LedgerExport): boolean {
    return state === 'done' && (!withKeys || this.mayHaveKeys());
  }

  protected megabytes(bytes: number): string {
    return (bytes / MEGABYTE).toLocaleString(this.language.current(), ONE_DECIMAL);
  }

  private refused(error: unknown): void {
    this.toasts.refused(refusalText(problemOf(error), this.texts));
  }
}
