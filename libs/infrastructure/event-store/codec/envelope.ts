import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';

/** A personal text as it stands in the ledger: AES-256-GCM, the tag behind the ciphertext, both as base64url. */
export interface Envelope {
  readonly keyId: string;
  readonly nonce: string;
  readonly ciphertext: string;
}

/** Where an envelope belongs. It is authenticated with the text, so an envelope copied elsewhere does not open. */
export interface EnvelopePlace {
  readonly workspaceId: string;
  readonly stream: string;
  readonly eventId: string;
  /** RFC 6901 pointer into the event's data. */
  readonly fieldPath: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MEMBERS = 3;

export function isEnvelope(value: object): value is Envelope {
  return (
    'keyId' in value &&
    'nonce' in value &&
    'ciphertext' in value &&
    Object.keys(value).length === MEMBERS &&
    typeof value.keyId === 'string' &&
    typeof value.nonce === 'string' &&
    typeof value.ciphertext === 'string'
  );
}

export function sealText(text: string, keyId: string, key: KeyObject, place: EnvelopePlace): Envelope {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(place, keyId));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId, nonce: nonce.toString('base64url'), ciphertext: ciphertext.toString('base64url') };
}

/** @throws Error when key, place or a byte differ from those at sealing */
export function openText(envelope: Envelope, key: KeyObject, place: EnvelopePlace): string {
  const bytes = Buffer.from(envelope.ciphertext, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.nonce, 'base64url'), {
    authTagLength: TAG_BYTES,
  }).setAAD(additionalData(place, envelope.keyId));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** Random bytes come for many nonces at once: asking for them costs more than an encryption. Each is used once and at once. */
const nonces = Buffer.alloc(NONCE_BYTES * 256);
let noncesUsed = nonces.length;

function nextNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  noncesUsed += NONCE_BYTES;
  return nonces.subarray(noncesUsed - NONCE_BYTES, noncesUsed);
}

function additionalData({ workspaceId, stream, eventId, fieldPath }: EnvelopePlace, keyId: string): Buffer {
  return Buffer.from([workspaceId, stream, eventId, fieldPath, keyId].join('|'));
}
