import { z } from 'zod';
import { verificationReport } from '@ledgerdesk/proof';

const report = {
  anchor: 'held',
  checkedAt: '2026-11-20T09:35:04.120Z',
  events: 48_211,
  finding: null,
  newestSeal: { number: 812, sealedAt: '2026-11-20T09:34:31.007Z' },
  requestedBy: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
  seals: 799,
  unknownSeals: 0,
  unsealed: 6,
  workspace: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
} as const;

const example = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  state: 'done',
  requestedBy: report.requestedBy,
  requestedAt: '2026-11-20T09:35:02.000Z',
  events: report.events,
  report,
  signed: {
    format: 'ledgerdesk-report',
    version: 1,
    publicKey: 'ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    report: JSON.stringify(report),
    signature: 'hL3Wt7cYQ0mH8nZrWb2cQ1vE5aYw2i7m0XkqUq9b6n4sT3pR8uJd1fGzKxVh5oLyNw6eMtCaBiQsDjFgHkPzDA',
  },
} as const;

/** A check of the workspace's ledger against its chains and seals, and what it has found. */
export const VerificationSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    requestedBy: z.string().meta({ description: 'The actor who asked for it' }),
    requestedAt: z.iso.datetime({ offset: true }),
    events: z.int().meta({ description: 'Events checked so far' }),
    report: verificationReport.nullable().meta({ description: 'What was checked and found; null until it is done' }),
    signed: z
      .object({
        format: z.literal('ledgerdesk-report'),
        version: z.literal(1),
        publicKey: z.string(),
        report: z.string().meta({ description: 'The canonical text of the report, which is what was signed' }),
        signature: z.string(),
      })
      .nullable()
      .meta({ description: 'The report as a file whose signature can be checked' }),
  })
  .meta({ id: 'Verification', example });
export type VerificationView = z.infer<typeof VerificationSchema>;

export const VerificationListSchema = z
  .object({ data: z.array(VerificationSchema).meta({ description: 'The newest 20, newest first' }) })
  .meta({ id: 'VerificationList', example: { data: [example] } });
export type VerificationList = z.infer<typeof VerificationListSchema>;
