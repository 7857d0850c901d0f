import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { ConfigureWorkspace } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { Skeleton, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { refusalText } from '../../tickets/stores/refusal-text';
import { LANGUAGES, SETTINGS, timeZones, valueOf } from './settings';
import type { Setting, SettingName } from './settings';
import { WorkspaceSettings } from './workspace-settings';

/** How the workspace is set up. Only what was changed is sent; each change is a fact of the ledger. */
@Component({
  selector: 'ld-workspace-page',
  imports: [MatButton, Skeleton, StatePanel, TranslocoPipe],
  providers: [WorkspaceSettings],
  templateUrl: './workspace-page.html',
  styleUrl: './workspace-page.scss',
})
export class WorkspacePage {
  protected readonly settings = SETTINGS;
  protected readonly languages = LANGUAGES;
  protected readonly zones = timeZones();
  protected readonly store = inject(WorkspaceSettings);
  protected readonly busy = signal(false);
  /** What the person wrote and did not save yet. */
  private readonly written = signal<Partial<Record<SettingName, string>>>({});
  protected readonly changed = computed(() => SETTINGS.filter((setting) => this.isChanged(setting)));
  protected readonly wrong = computed(() => SETTINGS.filter((setting) => this.isWrong(setting)));
  protected readonly maySave = computed(() => !this.busy() && this.changed().length > 0 && this.wrong().length === 0);
  private readonly dialog = inject(MatDialog);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected textOf({ name }: Setting): string {
    return this.written()[name] ?? this.storedOf(name);
  }

  protected write({ name }: Setting, text: string): void {
    this.written.update((written) => ({ ...written, [name]: text }));
  }

  protected isWrong(setting: Setting): boolean {
    return this.isChanged(setting) && valueOf(setting, this.textOf(setting)) === undefined;
  }

  protected discard(): void {
    this.written.set({});
  }

  protected async configureWorkspace(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.maySave()) return;
    const named = this.changed().map((setting) => [setting.name, valueOf(setting, this.textOf(setting))] as const);
    await this.send(Object.fromEntries(named), false);
  }

  private async send(body: ConfigureWorkspace, insist: boolean): Promise<void> {
    this.busy.set(true);
    try {
      await this.store.configure(body, insist);
      this.discard();
      this.toasts.done(this.texts.translate('workspace.saved'));
    } catch (error) {
      await this.refused(problemOf(error), body);
    } finally {
      this.busy.set(false);
    }
  }

  /** Somebody else changed the same setting meanwhile: the person sees both values and chooses. */
  private async refused(problem: Problem, body: ConfigureWorkspace): Promise<void> {
    if (problem.conflicts.length === 0) {
      this.toasts.refused(refusalText(problem, this.texts));
      return;
    }
    await this.store.read();
    const { ConflictDialog } = await import('../../tickets/ticket/dialogs/conflict-dialog');
    this.dialog
      .open<unknown, unknown, boolean>(ConflictDialog, { data: problem.conflicts, width: '520px' })
      .afterClosed()
      .subscribe((mine) => {
        if (mine === true) void this.send(body, true);
        else if (mine === false) this.discard();
      });
  }

  private isChanged(setting: Setting): boolean {
    return this.store.workspace() !== undefined && this.textOf(setting).trim() !== this.storedOf(setting.name);
  }

  private storedOf(name: SettingName): string {
    return String(this.store.workspace()?.[name] ?? '');
  }
}
