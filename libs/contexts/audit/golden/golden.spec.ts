import { join } from 'node:path';
import { describeGoldenEvents } from '@ledgerdesk/testing';
import type { LedgerExportEvent } from '../domain/ledger-export.decider.js';

const exportId = '00000000-0000-7000-8000-0000000000e1';
const memberId = '00000000-0000-7000-8000-0000000000a1';

const ledgerExport: {
  readonly [Type in LedgerExportEvent['type']]: Extract<LedgerExportEvent, { type: Type }>['data'];
} = {
  LedgerExportRequested: { exportId, memberId, withKeys: true },
  LedgerExportDownloaded: { exportId, memberId, digest: 'f'.repeat(64) },
};

describeGoldenEvents(join(__dirname, 'golden.json'), { export: ledgerExport });
