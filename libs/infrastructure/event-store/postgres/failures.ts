import { EventStoreTimeout, EventStoreUnavailable } from '../errors.js';

/** SQLSTATE classes and codes that speak about the server or the connection and not about the statement. */
const SERVER = /^(?:08|53|57|58|XX|25P0[34])/;
const NETWORK = /^E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_|NOTFOUND)/;
const DROPPED =
  /Connection terminated|timeout exceeded when trying to connect|Client was closed|not queryable|Connection ended/;
/** What `pg` says after `query_timeout`. */
const HUNG = 'Query read timeout';
/** statement_timeout, transaction_timeout. */
const CANCELLED = /^(?:57014|25P04)$/;

/** Whether the connection that an error of `pg` came from must not be used again. */
export function breaksConnection(error: unknown): boolean {
  const { code, message } = described(error);
  if (code === '') return DROPPED.test(message) || message.includes(HUNG);
  return SERVER.test(code) || NETWORK.test(code);
}

/** Whether an error says that no answer came in time. */
export function isTimeout(error: unknown): boolean {
  const { code, message } = described(error);
  return message.includes(HUNG) || CANCELLED.test(code);
}

/** The event store's own error for a failure of the connection or the server; any other error as it is. */
export function typedFailure(error: unknown): unknown {
  if (isTimeout(error)) return new EventStoreTimeout('The database did not answer in time.', { cause: error });
  if (breaksConnection(error)) return new EventStoreUnavailable('The database can not be reached.', { cause: error });
  return error;
}

/** By shape and not by class: errors of the network may come from another realm than this code's `Error`. */
function described(error: unknown): { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: '' };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  };
}
