import { Injectable, inject } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Session } from '@ledgerdesk/web-session';
import type { StepUp } from '@ledgerdesk/web-session';
import { firstValueFrom } from 'rxjs';
import type { ProofDialogData } from './proof-dialog';

/** Asks for the password in a dialog above whatever is open. Requests that need it at the same moment share one dialog. */
@Injectable({ providedIn: 'root' })
export class StepUpByDialog implements StepUp {
  private readonly dialogs = inject(MatDialog);
  private readonly session = inject(Session);
  private asking: Promise<boolean> | undefined;

  ask(): Promise<boolean> {
    this.asking ??= this.open().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async open(): Promise<boolean> {
    const { ProofDialog } = await import('./proof-dialog');
    const data: ProofDialogData<boolean> = {
      title: 'stepUp.title',
      lead: 'stepUp.lead',
      submit: 'stepUp.submit',
      act: async ({ password, code }) => {
        await this.session.stepUp(password, code);
        return true;
      },
    };
    const dialog = this.dialogs.open<unknown, typeof data, boolean>(ProofDialog, { data, width: '440px' });
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
