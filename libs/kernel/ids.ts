import { v5, v7 } from 'uuid';

const NAMESPACE = 'b7a4b6f8-8c2e-5c0e-9a57-3f1d3a6c1e70';

/** A fresh UUIDv7: sorts by the instant of its creation. */
export function newId(): string {
  return v7();
}

/** The same UUIDv5 for the same words, for ids that must come out alike on every retry. */
export function nameId(...words: readonly string[]): string {
  return v5(JSON.stringify(words), NAMESPACE);
}

/** The id of a command, equal for every retry of one request, so that the retry finds what the first attempt stored. */
export function commandId(workspaceId: string, principal: string, route: string, idempotencyKey: string): string {
  return nameId('command', workspaceId, principal, route, idempotencyKey);
}
