import { given } from '@ledgerdesk/testing';
import { DownloadLedgerExport, ledgerExportDecider, RequestLedgerExport } from './ledger-export.decider.js';

const requested = {
  type: 'LedgerExportRequested',
  data: { exportId: 'e1', memberId: 'm1', withKeys: true },
} as const;

describe('an export of the ledger', () => {
  it('is asked for once', () => {
    given(ledgerExportDecider)
      .when(new RequestLedgerExport('e1', 'm1', true))
      .then(requested);
    given(ledgerExportDecider, requested)
      .when(new RequestLedgerExport('e1', 'm1', true))
      .thenNothing();
  });

  it('is noted each time that it is downloaded', () => {
    given(ledgerExportDecider, requested)
      .when(new DownloadLedgerExport('e1', 'm2', 'abc'))
      .then({ type: 'LedgerExportDownloaded', data: { exportId: 'e1', memberId: 'm2', digest: 'abc' } });
  });
});
