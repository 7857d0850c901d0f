import { type Credentials, EventStoreDBClient } from '@eventstore/db-client';

/** A client with what every one of its calls needs. */
export interface Connection {
  readonly client: EventStoreDBClient;
  /** Sent with every append, see `connect`. */
  readonly credentials: Credentials;
  /** Milliseconds until a silent server counts as hung. */
  readonly timeout: number;
}

const CREDENTIALS = /^esdb(?:\+discover)?:\/\/([^:/@]+):([^@]+)@/;
/** What an insecure connection sends to nobody. */
const NOBODY: Credentials = { username: 'ledgerdesk', password: '' };

/**
 * Opens nothing yet: the client connects on first use and again after every loss.
 *
 * Every append carries its credentials. Without them the client sends appends through one stream for all, whose list of promises is
 * shared by all clients of a process: it ignores deadlines, one lost connection fails the appends of others, and a late answer ends
 * the process. With them each append is a call of its own, with a deadline of its own.
 */
export function connect(url: string, timeout: number): Connection {
  const [, username, password] = CREDENTIALS.exec(url) ?? [];
  const credentials =
    username === undefined || password === undefined
      ? NOBODY
      : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  // The last value of a setting counts. A failed append must throw, or a wrong revision could be taken for a success.
  const settings = `defaultDeadline=${String(timeout)}&throwOnAppendFailure=true&connectionName=ledgerdesk`;
  const client = EventStoreDBClient.connectionString(`${url}${url.includes('?') ? '&' : '?'}${settings}`);
  return { client, credentials, timeout };
}
