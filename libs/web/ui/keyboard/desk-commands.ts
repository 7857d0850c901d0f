import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import type { IconName } from '../icon/icons';

/** Something a person can ask for: by a key, from the palette, or both. */
export interface DeskCommand {
  /** The operation's own name where there is one (`assignTicket`). */
  readonly id: string;
  /** Translation keys. */
  readonly label: string;
  readonly group: string;
  readonly icon: IconName;
  /** `j`, `?`, `g i` (one after the other) or `mod+k` (Ctrl, or ⌘ on a Mac). */
  readonly keys?: string;
  /** Words that find it in the palette besides its label. */
  readonly hint?: string;
  /** Kept out of the palette: moving about makes no sense there. */
  readonly keysOnly?: boolean;
  readonly enabled?: () => boolean;
  run(): void;
}

/** Every command that the screens now on display offer. */
@Injectable({ providedIn: 'root' })
export class DeskCommands {
  private readonly groups = signal<readonly (readonly DeskCommand[])[]>([]);
  /** A screen opened later overrides the keys of one opened earlier. */
  readonly all = computed(() => this.groups().flat());

  /** Offers commands until the caller's screen is destroyed. Call it in an injection context. */
  offer(commands: readonly DeskCommand[]): void {
    this.groups.update((groups) => [...groups, commands]);
    inject(DestroyRef).onDestroy(() => {
      this.groups.update((groups) => groups.filter((group) => group !== commands));
    });
  }

  /** The command that a key or a sequence of keys stands for just now. */
  byKeys(keys: string): DeskCommand | undefined {
    return this.all().findLast((command) => command.keys === keys && (command.enabled?.() ?? true));
  }

  /** Whether some command's keys begin with `keys` and go on. */
  continues(keys: string): boolean {
    return this.all().some((command) => command.keys?.startsWith(`${keys} `) ?? false);
  }
}
