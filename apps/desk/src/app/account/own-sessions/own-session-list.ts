import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { OwnSession } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { OwnSessions } from './own-sessions';

/** Every device on which the person is signed in, this one first; ending one of the others, or all. */
@Component({
  selector: 'ld-own-session-list',
  imports: [Icon, InstantPipe, MatButton, Skeleton, StatePanel, TranslocoPipe],
  templateUrl: './own-session-list.html',
  styleUrl: './own-session-list.scss',
})
export class OwnSessionList {
  protected readonly sessions = inject(OwnSessions);
  protected readonly busy = signal(false);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** Key of the name that the device goes by. */
  protected nameOf({ device: { browser, system } }: OwnSession): string {
    if (browser !== null) return system === null ? 'account.device.browser' : 'account.device.both';
    return system === null ? 'account.device.unknown' : 'account.device.system';
  }

  /** Programs say no system. */
  protected iconOf({ device: { browser, system } }: OwnSession): IconName {
    if (browser === null) return 'help';
    return system === null ? 'terminal' : 'language';
  }

  protected async endSession(session: OwnSession): Promise<void> {
    await this.attempt(async () => {
      await this.sessions.end(session);
      return this.texts.translate('account.ended');
    });
  }

  protected async endOtherSessions(): Promise<void> {
    await this.attempt(async () => {
      const count = await this.sessions.endOthers();
      return this.texts.translate(count === 1 ? 'account.ended' : 'account.endedOthers', { count });
    });
  }

  private async attempt(work: () => Promise<string>): Promise<void> {
    this.busy.set(true);
    try {
      this.toasts.done(await work());
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
