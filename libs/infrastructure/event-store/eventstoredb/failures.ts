import { EventStoreTimeout, EventStoreUnavailable } from '../errors.js';

/** Status codes of gRPC that speak about the server or the way to it, and not about the call. */
const STATUS = { cancelled: 1, deadlineExceeded: 4, aborted: 10, internal: 13, unavailable: 14 };
const LOST = new Set([STATUS.cancelled, STATUS.internal, STATUS.unavailable]);
/** A cluster between two leaders. */
const LEADERLESS = /No leader info available|Failed to discover after|Channel has been shut ?down/i;

/** Whether the connection was lost, or the server could not do it now: an append may have happened or not. */
export function isOutcomeUnknown(error: unknown): boolean {
  const { code, type, message } = described(error);
  return LOST.has(code) || code === STATUS.aborted || type === 'not-leader' || LEADERLESS.test(message);
}

/** The event store's own error for a failure of the connection or the server; any other error as it is. */
export function typedFailure(error: unknown): unknown {
  const { code, type } = described(error);
  if (code === STATUS.deadlineExceeded || code === STATUS.aborted) {
    return new EventStoreTimeout('EventStoreDB did not answer in time.', { cause: error });
  }
  if (type === 'access-denied') {
    return new EventStoreUnavailable('EventStoreDB refuses access: check the name, the password and the ACL of $all.', {
      cause: error,
    });
  }
  if (isOutcomeUnknown(error)) {
    return new EventStoreUnavailable('EventStoreDB can not be reached.', { cause: error });
  }
  return error;
}

/** By shape and not by class: errors of gRPC come as they are or in a class of the client's. */
function described(error: unknown): { readonly code: number; readonly type: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { code: 0, type: '', message: '' };
  return {
    code: 'code' in error && typeof error.code === 'number' ? error.code : 0,
    type: 'type' in error && typeof error.type === 'string' ? error.type : '',
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  };
}
