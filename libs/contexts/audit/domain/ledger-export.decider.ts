import type { Decider, DomainEvent } from '@ledgerdesk/kernel';

/** A member wants the ledger of the workspace as a file. */
export class RequestLedgerExport {
  constructor(
    readonly exportId: string,
    readonly memberId: string,
    readonly withKeys: boolean,
  ) {}
}

/** A member is about to get the file. */
export class DownloadLedgerExport {
  constructor(
    readonly exportId: string,
    readonly memberId: string,
    /** SHA-256 of the lines of the file, as its last line says. */
    readonly digest: string,
  ) {}
}

/** Somebody has asked for the whole ledger; `withKeys`: with texts that can be read by whoever has the passphrase. */
export type LedgerExportRequested = DomainEvent<
  'LedgerExportRequested',
  { readonly exportId: string; readonly memberId: string; readonly withKeys: boolean }
>;

/** Somebody took the file home. */
export type LedgerExportDownloaded = DomainEvent<
  'LedgerExportDownloaded',
  { readonly exportId: string; readonly memberId: string; readonly digest: string }
>;

export type LedgerExportEvent = LedgerExportRequested | LedgerExportDownloaded;

/** Only written down; whether there is a file is not a matter of the ledger. The state is whether it was asked for. */
export const ledgerExportDecider: Decider<RequestLedgerExport | DownloadLedgerExport, boolean, LedgerExportEvent> = {
  category: 'export',
  initial: false,
  target: ({ exportId }) => exportId,
  decide(command, requested) {
    const { exportId, memberId } = command;
    if (command instanceof DownloadLedgerExport) {
      return [{ type: 'LedgerExportDownloaded', data: { exportId, memberId, digest: command.digest } }];
    }
    return requested
      ? []
      : [{ type: 'LedgerExportRequested', data: { exportId, memberId, withKeys: command.withKeys } }];
  },
  evolve: () => true,
};
