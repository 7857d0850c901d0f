import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { TranslocoPipe } from '@jsverse/transloco';
import { DeskCommands } from './desk-commands';
import type { DeskCommand } from './desk-commands';
import { KeyCaps } from './key-caps';
import { Shortcuts } from './shortcuts';

/** Every key that works on the present screen, by group. */
@Component({
  selector: 'ld-cheat-sheet',
  imports: [
    KeyCaps,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatSlideToggle,
    TranslocoPipe,
  ],
  template: `
    <h2 mat-dialog-title>{{ 'keys.title' | transloco }}</h2>
    <mat-dialog-content>
      <div class="groups">
        @for (group of groups(); track group.name) {
          <section>
            <h3>{{ group.name | transloco }}</h3>
            <dl>
              @for (command of group.commands; track command.keys) {
                <div>
                  <dt>{{ command.label | transloco }}</dt>
                  <dd><ld-keys [keys]="command.keys ?? ''" /></dd>
                </div>
              }
            </dl>
          </section>
        }
      </div>
    </mat-dialog-content>
    <mat-dialog-actions>
      <mat-slide-toggle [checked]="shortcuts.singleKeys()" (change)="shortcuts.singleKeys.set($event.checked)">
        {{ 'keys.single' | transloco }}
      </mat-slide-toggle>
      <span class="gap"></span>
      <button matButton="outlined" mat-dialog-close>{{ 'ui.close' | transloco }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    .groups {
      columns: 2 240px;
      column-gap: 32px;
    }
    section {
      break-inside: avoid;
      padding-block-end: 16px;
    }
    h3 {
      padding-block-end: 4px;
      color: var(--ld-text-quiet);
      font-size: 12px;
    }
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-block-size: 28px;
      color: var(--ld-text);
    }
    .gap {
      flex: 1;
    }
  `,
})
export class CheatSheet {
  protected readonly shortcuts = inject(Shortcuts);
  private readonly commands = inject(DeskCommands);
  protected readonly groups = computed(() => byGroup(this.commands.all()));
}

function byGroup(commands: readonly DeskCommand[]): readonly { name: string; commands: readonly DeskCommand[] }[] {
  const withKeys = commands.filter((command) => command.keys !== undefined);
  const groups = Map.groupBy(withKeys, (command) => command.group);
  return [...groups].map(([name, list]) => ({ name, commands: list }));
}
