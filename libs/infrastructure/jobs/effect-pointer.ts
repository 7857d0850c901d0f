import type { EffectPointer } from './effect-table.js';

const UUID_LENGTH = 36;
const PATTERN = /^[a-z][a-z0-9-]{0,99}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All that Redis ever holds of an effect: `<reaction>-<event id>`. */
export function pointerText({ reaction, eventId }: EffectPointer): string {
  return `${reaction}-${eventId}`;
}

/** The effect a text points to; `undefined` for a text that is no pointer. */
export function parsePointer(text: unknown): EffectPointer | undefined {
  if (typeof text !== 'string' || !PATTERN.test(text)) return undefined;
  return { reaction: text.slice(0, -UUID_LENGTH - 1), eventId: text.slice(-UUID_LENGTH) };
}
