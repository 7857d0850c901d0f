import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { CreateApiKey, Scope } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../../tickets/stores/refusal-text';
import { LIFETIMES, SCOPES, expiryOf, networksOf } from './key-wish';
import { ShownKey } from './shown-key';

/** Makes the key and answers with it. */
export type MakeKey = (wish: CreateApiKey) => Promise<string>;

/** Asks what a key is for, and shows it once. */
@Component({
  selector: 'ld-create-key-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ShownKey, TranslocoPipe],
  templateUrl: './create-key-dialog.html',
  styleUrl: './key-dialog.scss',
})
export class CreateKeyDialog {
  protected readonly scopes = SCOPES;
  protected readonly lifetimes = LIFETIMES;
  protected readonly name = signal('');
  protected readonly chosen = signal<readonly Scope[]>([]);
  protected readonly lifetime = signal<(typeof LIFETIMES)[number]>('90');
  protected readonly networks = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly key = signal<string | undefined>(undefined);
  protected readonly mayCreate = computed(() => !this.busy() && this.name().trim() !== '' && this.chosen().length > 0);
  private readonly make = inject<MakeKey>(MAT_DIALOG_DATA);
  private readonly texts = inject(TranslocoService);

  protected toggle(scope: Scope): void {
    this.chosen.update((chosen) =>
      chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope],
    );
  }

  protected chooseLifetime(value: string): void {
    this.lifetime.set(LIFETIMES.find((each) => each === value) ?? '90');
  }

  protected async createApiKey(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.mayCreate()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      const wish = { name: this.name().trim(), scopes: [...this.chosen()], networks: networksOf(this.networks()) };
      this.key.set(await this.make({ ...wish, expiresAt: expiryOf(this.lifetime(), Date.now()) }));
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
