import { createHmac } from 'node:crypto';

const STEP_MILLISECONDS = 30_000;

/**
 * What the authenticator of somebody shows who was told this secret, written anew from RFC 6238: a mistake of ours must not agree with itself.
 * @param secret in base 32
 * @param stepsLater so many half minutes from now
 */
export function authenticatorCode(secret: string, stepsLater = 0): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Math.floor(Date.now() / STEP_MILLISECONDS) + stepsLater;
  const mac = createHmac('sha1', key)
    .update(Buffer.from(step.toString(16).padStart(16, '0'), 'hex'))
    .digest();
  const from = (mac.at(-1) ?? 0) % 16;
  const [first = 0, ...rest] = mac.subarray(from, from + 4);
  const number = [first % 128, ...rest].reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 1_000_000).padStart(6, '0');
}
