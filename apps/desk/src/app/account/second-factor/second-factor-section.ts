import { Component, inject, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, renewBackupCodes, turnOffSecondFactor } from '@ledgerdesk/web-api';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import type { ProofDialogData } from '../proof/proof-dialog';
import { BackupCodes } from './backup-codes';
import { Enrolment } from './enrolment';
import { OwnSecondFactor } from './own-second-factor';

/** The second factor of who is signed in: set it up, make new backup codes, turn it off. */
@Component({
  selector: 'ld-second-factor-section',
  imports: [BackupCodes, Enrolment, Icon, InstantPipe, MatButton, Skeleton, StatePanel, TranslocoPipe],
  templateUrl: './second-factor-section.html',
  styleUrl: './second-factor-section.scss',
})
export class SecondFactorSection {
  /** All other sessions are over. */
  readonly turnedOn = output();
  protected readonly factor = inject(OwnSecondFactor);
  protected readonly enrolling = signal(false);
  /** New ones, as long as they are shown. */
  protected readonly backupCodes = signal<readonly string[] | undefined>(undefined);
  private readonly api = inject(Api);
  private readonly dialogs = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected async enrolled(): Promise<void> {
    this.enrolling.set(false);
    await this.factor.read();
    this.toasts.done(this.texts.translate('factor.isOn'));
    this.turnedOn.emit();
  }

  protected async renewBackupCodes(): Promise<void> {
    const codes = await this.ask({
      title: 'factor.renewTitle',
      lead: 'factor.renewLead',
      submit: 'factor.renew',
      act: async (body) => (await this.api.invoke(renewBackupCodes, { body })).backupCodes,
    });
    if (codes === undefined) return;
    this.backupCodes.set(codes);
    await this.factor.read();
  }

  protected async turnOffSecondFactor(): Promise<void> {
    const isOff = await this.ask({
      title: 'factor.offTitle',
      lead: 'factor.offLead',
      submit: 'factor.off',
      act: async (body) => {
        await this.api.invoke(turnOffSecondFactor, { body });
        return true;
      },
    });
    if (isOff !== true) return;
    this.backupCodes.set(undefined);
    await this.factor.read();
    this.toasts.done(this.texts.translate('factor.isOff'));
  }

  /** `undefined` when the person thought better of it. */
  private async ask<Result>(data: ProofDialogData<Result>): Promise<Result | undefined> {
    const { ProofDialog } = await import('../proof/proof-dialog');
    const dialog = this.dialogs.open<unknown, ProofDialogData<Result>, Result>(ProofDialog, { data, width: '440px' });
    return firstValueFrom(dialog.afterClosed());
  }
}
