import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Seconds for which an authenticator shows one code (RFC 6238). */
export const STEP_SECONDS = 30;
/** A clock in a pocket may be wrong by this many steps, and a person may be slow. */
const STEPS_ASIDE = 1;
/** As RFC 4226 recommends. */
const SECRET_BYTES = 20;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator and we both know. */
export function newSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

export function stepAt(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / STEP_SECONDS);
}

/** The six digits of a step (RFC 6238 with SHA-1, which every authenticator knows; a MAC does not need what SHA-1 lacks). */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The step that a code belongs to, if it is one of those around now. Spaces do not count: authenticators show `287 082`. */
export function stepOf(secret: Uint8Array, text: string, now: number): number | undefined {
  const code = text.replaceAll(' ', '');
  if (!/^\d{6}$/.test(code)) return undefined;
  const given = Buffer.from(code);
  const around = [...Array(2 * STEPS_ASIDE + 1).keys()].map((index) => stepAt(now) + index - STEPS_ASIDE);
  return around.findLast((step) => timingSafeEqual(given, Buffer.from(codeOf(secret, step))));
}

/** As people type it when they can not scan it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five.padEnd(5, '0'), 2))).join('');
}

/** What the QR code says, in the form that authenticators agree on. */
export function enrolmentAddress(secret: Uint8Array, email: string): string {
  const label = `${encodeURIComponent(ISSUER)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(ISSUER)}`;
}

const ISSUER = 'Ledgerdesk';
