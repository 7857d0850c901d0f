import { Connections } from '../connections.js';

/**
 * Connections of the role `ld_project`. Commits do not wait for the disk: rows and checkpoint go together, so what a crash of
 * the server takes back is simply applied again. The ledger itself is never written over these connections.
 */
export function projectConnections(
  url: string,
  options: { readonly connections?: number; readonly onConnectionLost?: (error: Error) => void } = {},
): Connections {
  return new Connections({
    url,
    connections: options.connections ?? 4,
    statementTimeout: 60_000,
    name: 'ledgerdesk-projections',
    settings: { synchronous_commit: 'off' },
    onConnectionLost: options.onConnectionLost,
  });
}
