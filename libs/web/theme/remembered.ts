import { effect, signal } from '@angular/core';
import type { WritableSignal } from '@angular/core';

/**
 * A signal whose value this browser keeps: pane widths, density, theme. A stored value that `accepts` refuses is ignored.
 * Storage that is full or forbidden costs the memory, never the screen.
 *
 * Call it in an injection context.
 */
export function remembered<Value>(
  key: string,
  initial: Value,
  accepts: (value: unknown) => value is Value,
): WritableSignal<Value> {
  const name = `ledgerdesk.${key}`;
  const value = signal(read(name, initial, accepts));
  effect(() => {
    const text = JSON.stringify(value());
    try {
      localStorage.setItem(name, text);
    } catch {
      return;
    }
  });
  return value;
}

/** For `remembered`: one of a fixed list of words. */
export function oneOf<Word extends string>(...words: readonly Word[]): (value: unknown) => value is Word {
  return (value): value is Word => words.some((word) => word === value);
}

/** For `remembered`: a number inside a range, in whatever unit the caller uses. */
export function between(low: number, high: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === 'number' && value >= low && value <= high;
}

/** For `remembered`: yes or no. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function read<Value>(name: string, initial: Value, accepts: (value: unknown) => value is Value): Value {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return accepts(value) ? value : initial;
  } catch {
    return initial;
  }
}
