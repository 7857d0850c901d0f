import { Component, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Api, getPlatformWorkspace, reactivateWorkspace, suspendWorkspace } from '@ledgerdesk/web-api';
import type { PlatformSeat, PlatformWorkspace } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Avatar, Icon, Language, RelativeTime, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { Acting } from '../acting';
import { ReasonDialog, type ReasonDialogData } from './reason-dialog';

/** One workspace: how much it is used, stopping it and letting it go on, and acting as one of its members. */
@Component({
  selector: 'ld-platform-workspace-page',
  imports: [Avatar, Icon, InstantPipe, MatButton, RelativeTime, RouterLink, Skeleton, StatePanel, TranslocoPipe],
  templateUrl: './workspace-page.html',
  styleUrl: './workspace-page.scss',
})
export class PlatformWorkspacePage {
  /** From the address. */
  readonly id = input.required<string>();
  protected readonly workspace = signal<PlatformWorkspace | undefined>(undefined);
  protected readonly problem = signal<Problem | undefined>(undefined);
  private readonly api = inject(Api);
  private readonly dialog = inject(MatDialog);
  private readonly acting = inject(Acting);
  private readonly language = inject(Language);

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.read());
    });
  }

  protected async read(): Promise<void> {
    this.problem.set(undefined);
    try {
      this.workspace.set(await this.api.invoke(getPlatformWorkspace, { id: this.id() }));
    } catch (error) {
      this.problem.set(problemOf(error));
    }
  }

  protected counted(count: number, more = false): string {
    return `${count.toLocaleString(this.language.current())}${more ? '+' : ''}`;
  }

  protected change({ id, name, suspension }: PlatformWorkspace): void {
    const deed = suspension ? 'reactivate' : 'suspend';
    const command = suspension ? reactivateWorkspace : suspendWorkspace;
    const run = async (reason: string): Promise<void> => {
      this.workspace.set(await this.api.invoke(command, { id, body: { reason } }));
    };
    this.ask({ deed, name, run });
  }

  protected actAs({ id }: PlatformWorkspace, seat: PlatformSeat): void {
    const run = (reason: string, minutes: number): Promise<void> => this.acting.begin(id, seat.id, reason, minutes);
    this.ask({ deed: 'actAs', name: seat.name ?? seat.id, run });
  }

  private ask(data: ReasonDialogData): void {
    this.dialog.open(ReasonDialog, Object.assign(new MatDialogConfig(), { data, width: '480px' }));
  }
}
