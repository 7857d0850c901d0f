import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A fresh AES-256 key and its form wrapped under `wrapping`; `name` is authenticated, so wrapped keys can't be swapped. */
export function newWrappedKey(
  wrapping: KeyObject,
  name: string,
): { readonly key: KeyObject; readonly wrapped: Buffer } {
  const key = createSecretKey(randomBytes(KEY_BYTES));
  return { key, wrapped: wrapKey(wrapping, name, key) };
}

/** 12 bytes nonce, the key encrypted, 16 bytes tag. */
export function wrapKey(wrapping: KeyObject, name: string, key: KeyObject): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(name));
  return Buffer.concat([nonce, cipher.update(key.export()), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the wrapping key or the name is not the one it was wrapped with */
export function unwrapKey(wrapping: KeyObject, name: string, wrapped: Uint8Array): KeyObject {
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(name),
  );
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  const bytes = Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  return createSecretKey(bytes);
}

/** Whether the key of a workspace was wrapped under this one. */
export function opensWorkspaceKey(wrapping: KeyObject, workspaceId: string, wrapped: Uint8Array): boolean {
  try {
    unwrapKey(wrapping, workspaceKeyName(workspaceId), wrapped);
    return true;
  } catch {
    return false;
  }
}

export const workspaceKeyName = (workspaceId: string): string => `workspace-key|${workspaceId}`;
export const personKeyName = (workspaceId: string, keyId: string): string => `person-key|${workspaceId}|${keyId}`;

/** How keys are wrapped, for others who keep keys under a key of theirs. */
export const keyWrapping = { wrap: wrapKey, unwrap: unwrapKey } as const;
