import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Verification } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { ActorNames } from '../tickets/ticket/words/actor-names';
import { InstantPipe } from '../tickets/ticket/words/instant';

/** One check of the ledger: what it found, what it looked at and what not, and the signature. Made to be printed. */
@Component({
  selector: 'ld-proof-report',
  imports: [Icon, InstantPipe, MatButton, TranslocoPipe],
  templateUrl: './proof-report.html',
  styleUrl: './proof-report.scss',
})
export class ProofReport {
  readonly verification = input.required<Verification>();
  protected readonly report = computed(() => this.verification().report);
  protected readonly actors = inject(ActorNames);
  protected readonly workspace = computed(() => this.session.me()?.workspace.name ?? '');
  private readonly session = inject(Session);

  /** The file whose signature docs/ledger-format.md describes. */
  protected download(): void {
    const { id, signed } = this.verification();
    if (!signed) return;
    const { format, publicKey, report, signature, version } = signed;
    const text = `${JSON.stringify({ format, publicKey, report, signature, version })}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `ledger-report-${id}.json`;
    link.click();
    URL.revokeObjectURL(address);
  }

  protected print(): void {
    window.print();
  }
}
