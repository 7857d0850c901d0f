import { Component, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon, Language, RelativeTime, Skeleton, StatePanel } from '@ledgerdesk/web-ui';
import { WorkspaceList } from './workspace-list';

/** Every workspace of the installation, with how much it is used. */
@Component({
  selector: 'ld-workspaces-page',
  imports: [Icon, MatButton, RelativeTime, RouterLink, Skeleton, StatePanel, TranslocoPipe],
  providers: [WorkspaceList],
  templateUrl: './workspaces-page.html',
  styleUrl: './workspaces-page.scss',
})
export class WorkspacesPage {
  /** From the address. */
  readonly q = input<string>();
  protected readonly workspaces = inject(WorkspaceList);
  private readonly router = inject(Router);
  private readonly language = inject(Language);

  constructor() {
    effect(() => {
      const q = this.q();
      untracked(() => void this.workspaces.ask(q));
    });
  }

  protected search(event: Event, text: string): void {
    event.preventDefault();
    void this.router.navigate([], { queryParams: { q: text.trim() === '' ? null : text.trim() } });
  }

  /** In the person's language; with a plus where the api stopped counting. */
  protected counted(count: number, more = false): string {
    return `${count.toLocaleString(this.language.current())}${more ? '+' : ''}`;
  }
}
