import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Api, actAsMember, continueAsMember, endImpersonation } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';

interface Running {
  readonly id: string;
  readonly impersonationId: string;
}

/** Acting as a member in this tab: beginning it, going on with it, ending it. Nothing of it outlives a reload. */
@Injectable({ providedIn: 'root' })
export class Acting {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private running: Running | undefined;

  /** Begins it and opens the desk. @throws what the api refused it with */
  async begin(workspaceId: string, memberId: string, reason: string, minutes: number): Promise<void> {
    const body = { memberId, reason, minutes };
    const { id: impersonationId, accessToken } = await this.api.invoke(actAsMember, { id: workspaceId, body });
    const running = { id: workspaceId, impersonationId };
    this.running = running;
    await this.session.actAs(accessToken, async () => {
      const { accessToken: next } = await this.api.invoke(continueAsMember, running);
      return next;
    });
    await this.router.navigateByUrl('/tickets');
  }

  /** Ends it at once and goes back to the workspace. */
  async end(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    try {
      if (running) await this.api.invoke(endImpersonation, running);
    } finally {
      await this.router.navigateByUrl(running ? `/platform/workspaces/${running.id}` : '/platform');
      this.session.stopActing();
    }
  }
}
