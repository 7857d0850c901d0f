/** Postgres can't be reached, or gave up on the connection: nothing is known to be wrong with the question. */
export class ReadStoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('The read store is not available.', { cause });
    this.name = 'ReadStoreUnavailable';
  }
}

/** SQLSTATE classes and codes that speak about the server or the connection and not about the statement. */
const SERVER = /^(?:08|53|57|58|XX|25P03)/;

/** Lost serialisation, deadlocks and locks not granted: the connection is fine and the same statement may succeed later. */
const LOST_RACE = /^(?:40|55P03)/;

const NETWORK = /^E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_|NOTFOUND)/;

const DROPPED =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client was closed|not queryable/;

/** Whether an error of `pg` means that the connection, or the server behind it, is gone. */
export function breaksConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code === undefined) return DROPPED.test(error.message);
  return SERVER.test(code) || NETWORK.test(code);
}

/**
 * Whether the same work may succeed later without any change: the network, a restart, a lost lock, no memory.
 * Everything else is the work's own fault.
 */
export function isInfrastructure(error: unknown): boolean {
  return error instanceof ReadStoreUnavailable || breaksConnection(error) || lostRace(error);
}

/** Whether the work lost a race for a lock and may be begun again from its first statement. */
export function lostRace(error: unknown): boolean {
  return error instanceof Error && LOST_RACE.test(codeOf(error) ?? '');
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
