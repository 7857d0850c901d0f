import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { Workspace } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { OwnSecondFactor } from '../../account/second-factor/own-second-factor';
import { refusalText } from '../../tickets/stores/refusal-text';
import { SecurityPolicyStore } from './security-policy-store';

type Choice = Workspace['secondFactor'];

/** How members of the workspace prove who they are. Weakening it is a fact of the ledger, too. */
@Component({
  selector: 'ld-security-page',
  imports: [MatButton, Skeleton, StatePanel, TranslocoPipe],
  providers: [OwnSecondFactor, SecurityPolicyStore],
  templateUrl: './security-page.html',
  styleUrl: './security-page.scss',
})
export class SecurityPage {
  protected readonly store = inject(SecurityPolicyStore);
  protected readonly choices: readonly Choice[] = ['optional', 'required'];
  protected readonly busy = signal(false);
  private readonly own = inject(OwnSecondFactor);
  /** What the person chose and did not save yet. */
  private readonly chosen = signal<Choice | undefined>(undefined);
  protected readonly choice = computed(() => this.chosen() ?? this.store.workspace()?.secondFactor);
  protected readonly maySave = computed(() => !this.busy() && this.choice() !== this.store.workspace()?.secondFactor);
  /** Whoever asks others for what they lack themselves is told so before. */
  protected readonly concernsMe = computed(
    () => this.maySave() && this.choice() === 'required' && this.own.state()?.since === null,
  );
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected choose(choice: Choice): void {
    this.chosen.set(choice);
  }

  protected async changeSecurityPolicy(event: Event): Promise<void> {
    event.preventDefault();
    const secondFactor = this.choice();
    if (!this.maySave() || secondFactor === undefined) return;
    this.busy.set(true);
    try {
      await this.store.change({ secondFactor });
      this.chosen.set(undefined);
      this.toasts.done(this.texts.translate('security.saved'));
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
