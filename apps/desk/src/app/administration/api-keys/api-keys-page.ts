import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { ApiKey } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Icon, Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { People } from '../../tickets/stores/people';
import { refusalText } from '../../tickets/stores/refusal-text';
import { InstantPipe } from '../../tickets/ticket/words/instant';
import { ApiKeyList } from './api-key-list';

/** The API keys of the workspace; for those who keep it, making, rolling and revoking them. */
@Component({
  selector: 'ld-api-keys-page',
  imports: [
    Icon,
    InstantPipe,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    Skeleton,
    StatePanel,
    TranslocoPipe,
  ],
  providers: [ApiKeyList],
  templateUrl: './api-keys-page.html',
  styleUrl: './api-keys-page.scss',
})
export class ApiKeysPage {
  protected readonly keys = inject(ApiKeyList);
  protected readonly people = inject(People);
  protected readonly busy = signal(false);
  protected readonly mayCreate = computed(() => this.session.can('create', 'ApiKey'));
  protected readonly mayRevoke = computed(() => this.session.can('revoke', 'ApiKey'));
  private readonly session = inject(Session);
  private readonly dialogs = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  /** Its secret speaks for whoever made it, so nobody else rolls it. */
  protected mayRoll({ memberId, state }: ApiKey): boolean {
    return state === 'active' && memberId === this.session.me()?.member.id && this.session.can('roll', 'ApiKey');
  }

  protected async createApiKey(): Promise<void> {
    const { CreateKeyDialog } = await import('./create-key-dialog');
    const data = (wish: Parameters<ApiKeyList['create']>[0]): Promise<string> => this.keys.create(wish);
    this.dialogs.open(CreateKeyDialog, { data, width: '520px' });
  }

  protected async rollApiKey(key: ApiKey): Promise<void> {
    const { RollKeyDialog } = await import('./roll-key-dialog');
    const roll = (hours: number): Promise<string> => this.keys.roll(key, hours);
    this.dialogs.open(RollKeyDialog, { data: { name: key.name, roll }, width: '520px' });
  }

  protected async revokeApiKey(key: ApiKey): Promise<void> {
    const { RevokeKeyDialog } = await import('./revoke-key-dialog');
    const dialog = this.dialogs.open<unknown, { name: string }, boolean>(RevokeKeyDialog, {
      data: { name: key.name },
      width: '440px',
    });
    if ((await firstValueFrom(dialog.afterClosed())) !== true) return;
    this.busy.set(true);
    try {
      await this.keys.revoke(key);
      this.toasts.done(this.texts.translate('apiKeys.revoked'));
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
    } finally {
      this.busy.set(false);
    }
  }
}
