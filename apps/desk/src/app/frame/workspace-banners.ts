import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { Icon } from '@ledgerdesk/web-ui';
import { Acting } from '../platform/acting';
import { InstantPipe } from '../tickets/ticket/words/instant';

/** What nobody may overlook while they work, so it can not be closed: the workspace is stopped, or somebody else sits in the seat. */
@Component({
  selector: 'ld-workspace-banners',
  imports: [Icon, InstantPipe, MatButton, TranslocoPipe],
  template: `
    @if (session.me(); as me) {
      @if (me.impersonation; as impersonation) {
        <div class="banner acting" role="status">
          <ld-icon name="support_agent" />
          <span>{{
            'platform.acting'
              | transloco
                : {
                    name: me.member.name ?? me.member.email,
                    workspace: me.workspace.name,
                    until: impersonation.until | instant: 'time',
                  }
          }}</span>
          <button matButton="outlined" type="button" (click)="acting.end()">
            {{ 'platform.endActing' | transloco }}
          </button>
        </div>
      }
      @if (me.workspace.suspension; as suspension) {
        <div class="banner stopped" role="status">
          <ld-icon name="block" />
          <span>{{ 'platform.stopped' | transloco: { reason: suspension.reason } }}</span>
        </div>
      }
    }
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 10px;
      padding: 6px 16px;
      border-block-end: 1px solid var(--ld-line-strong);
      background: var(--ld-side);
      color: var(--ld-text);
      font-weight: 500;
    }

    .banner span {
      flex: 1;
      min-inline-size: 200px;
    }

    .acting {
      border-inline-start: 4px solid var(--ld-amber);
    }

    .stopped {
      border-inline-start: 4px solid var(--ld-red);
    }
  `,
})
export class WorkspaceBanners {
  protected readonly session = inject(Session);
  protected readonly acting = inject(Acting);
}
