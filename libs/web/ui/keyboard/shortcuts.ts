import { DOCUMENT, DestroyRef, Injectable, inject } from '@angular/core';
import { isBoolean, remembered } from '@ledgerdesk/web-theme';
import { DeskCommands } from './desk-commands';

/** How long the second key of `g i` may take. */
const SEQUENCE_MS = 1200;

/** Turns key presses into commands. Single keys stay silent while a person types, in dialogs, and when turned off. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  /** Keys without Ctrl or ⌘ can be turned off, for people who dictate or use other assistive technology. */
  readonly singleKeys = remembered('shortcuts', true, isBoolean);
  private readonly commands = inject(DeskCommands);
  private readonly document = inject(DOCUMENT);
  private pending = '';
  private pendingUntil = 0;

  constructor() {
    const listener = (event: KeyboardEvent): void => {
      this.pressed(event);
    };
    this.document.addEventListener('keydown', listener);
    inject(DestroyRef).onDestroy(() => {
      this.document.removeEventListener('keydown', listener);
    });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    if (modified ? event.key.length !== 1 && event.key !== 'Enter' : !this.listens(event)) return;
    const key = modified ? `mod+${event.key.toLowerCase()}` : event.key;
    const keys = !modified && event.timeStamp < this.pendingUntil ? `${this.pending} ${key}` : key;
    const command = this.commands.byKeys(keys);
    this.pendingUntil = 0;
    if (command !== undefined) {
      event.preventDefault();
      command.run();
    } else if (this.commands.continues(keys)) {
      this.pending = keys;
      this.pendingUntil = event.timeStamp + SEQUENCE_MS;
    }
  }

  private listens(event: KeyboardEvent): boolean {
    if (!this.singleKeys()) return false;
    const target = event.target;
    if (!(target instanceof HTMLElement)) return true;
    if (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)
      return isTick(target) && target.closest('[role="dialog"]') === null && event.key !== ' ';
    const activates = event.key === 'Enter' || event.key === ' ';
    return !(activates && target.closest('button, a, [role="slider"]') !== null);
  }
}

function isTick(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
}
