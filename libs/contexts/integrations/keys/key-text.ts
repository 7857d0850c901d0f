import { crc32 } from 'node:zlib';

/** What an API key says: which one it is, where, and the secret that proves it. */
export interface KeyParts {
  readonly workspaceId: string;
  readonly keyId: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Scanners of secrets find it by this: `ldk_live_[0-9A-Za-z]{92}`. */
const PREFIX = 'ldk_live_';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BYTES = 64;
/** As many digits as 64 bytes and 32 bits can need. */
const BODY = 86;
const CHECK = 6;
const PATTERN = new RegExp(`^${PREFIX}[0-9A-Za-z]{${String(BODY + CHECK)}}$`);

/** `ldk_live_`, 64 bytes of key, workspace and secret in base 62, and a checksum by which typing errors show without a question. */
export function writeKey({ workspaceId, keyId, secret }: KeyParts): string {
  const bytes = Buffer.concat([bytesOf(keyId), bytesOf(workspaceId), secret]);
  const body = base62(BigInt(`0x${bytes.toString('hex')}`), BODY);
  return `${PREFIX}${body}${checkOf(body)}`;
}

/** The parts of a key; `undefined` for everything that `writeKey` does not write. */
export function readKey(text: string): KeyParts | undefined {
  if (!PATTERN.test(text)) return undefined;
  const body = text.slice(PREFIX.length, -CHECK);
  if (checkOf(body) !== text.slice(-CHECK)) return undefined;
  const number = Array.from(body).reduce((sum, digit) => sum * 62n + BigInt(DIGITS.indexOf(digit)), 0n);
  const hex = number.toString(16).padStart(2 * BYTES, '0');
  if (hex.length > 2 * BYTES) return undefined;
  return {
    keyId: uuid(hex.slice(0, 32)),
    workspaceId: uuid(hex.slice(32, 64)),
    secret: Buffer.from(hex.slice(64), 'hex'),
  };
}

/** The characters by which people recognise a key in a list. */
export function endingOf(text: string): string {
  return text.slice(-4);
}

function checkOf(body: string): string {
  return base62(BigInt(crc32(`${PREFIX}${body}`)), CHECK);
}

function base62(number: bigint, length: number): string {
  let rest = number;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
