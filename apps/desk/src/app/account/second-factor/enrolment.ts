import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, beginSecondFactor, confirmSecondFactor } from '@ledgerdesk/web-api';
import type { SecondFactorEnrolment } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { refusalText } from '../../tickets/stores/refusal-text';
import { PasswordField } from '../password/password-field';
import { CodeField } from '../proof/code-field';
import { BackupCodes } from './backup-codes';
import { QrCode } from './qr-code';

/** Sets up a second factor: the password, the authenticator, a code of it, and the backup codes to keep. */
@Component({
  selector: 'ld-enrolment',
  imports: [BackupCodes, CodeField, MatButton, PasswordField, QrCode, TranslocoPipe],
  templateUrl: './enrolment.html',
  styleUrl: './enrolment.scss',
})
export class Enrolment {
  /** Key of what the other button says. */
  readonly cancelText = input('ui.cancel');
  /** It is on, and the backup codes are kept. */
  readonly done = output();
  /** The person thought better of it. */
  readonly cancelled = output();
  protected readonly password = signal('');
  protected readonly code = signal('');
  protected readonly busy = signal(false);
  protected readonly refusal = signal<string | undefined>(undefined);
  protected readonly begun = signal<SecondFactorEnrolment | undefined>(undefined);
  protected readonly backupCodes = signal<readonly string[] | undefined>(undefined);
  /** In groups of four, as people read it. */
  protected readonly secret = computed(
    () =>
      this.begun()
        ?.secret.match(/.{1,4}/gu)
        ?.join(' ') ?? '',
  );
  private readonly api = inject(Api);
  private readonly texts = inject(TranslocoService);

  protected async begin(event: Event): Promise<void> {
    event.preventDefault();
    await this.attempt(async () => {
      this.begun.set(await this.api.invoke(beginSecondFactor, { body: { password: this.password() } }));
      this.password.set('');
    });
  }

  protected async confirm(event: Event): Promise<void> {
    event.preventDefault();
    await this.attempt(async () => {
      const { backupCodes } = await this.api.invoke(confirmSecondFactor, { body: { code: this.code().trim() } });
      this.backupCodes.set(backupCodes);
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(undefined);
    try {
      await work();
    } catch (error) {
      this.refusal.set(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
