import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { MatDialogRef } from '@angular/material/dialog';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Icon } from '../icon/icon';
import { DeskCommands } from '../keyboard/desk-commands';
import type { DeskCommand } from '../keyboard/desk-commands';
import { KeyCaps } from '../keyboard/key-caps';
import { matchScore } from './palette-match';

/** Ctrl/⌘ K: finds a command by a few letters, runs it, and teaches its keys. */
@Component({
  selector: 'ld-command-palette',
  imports: [Icon, KeyCaps, TranslocoPipe],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.scss',
})
export class CommandPalette {
  protected readonly query = signal('');
  private readonly dialog = inject<MatDialogRef<CommandPalette>>(MatDialogRef);
  private readonly texts = inject(TranslocoService);
  private readonly offered = inject(DeskCommands)
    .all()
    .filter((command) => command.keysOnly !== true && (command.enabled?.() ?? true))
    .map((command) => ({ command, label: this.texts.translate(command.label) }));

  protected readonly found = computed(() => {
    const query = this.query().trim();
    return this.offered
      .map((entry) => ({ ...entry, score: matchScore(query, `${entry.label} ${entry.command.hint ?? ''}`) }))
      .filter((entry) => entry.score !== undefined)
      .sort((a, b) => (query === '' ? 0 : (b.score ?? 0) - (a.score ?? 0)));
  });
  protected readonly active = linkedSignal({ source: this.found, computation: () => 0 });

  protected move(step: number, event: Event): void {
    event.preventDefault();
    const count = this.found().length;
    if (count > 0) this.active.update((index) => (index + step + count) % count);
  }

  protected runActive(): void {
    const entry = this.found()[this.active()];
    if (entry !== undefined) this.run(entry.command);
  }

  protected run(command: DeskCommand): void {
    this.dialog.afterClosed().subscribe(() => {
      command.run();
    });
    this.dialog.close();
  }
}
