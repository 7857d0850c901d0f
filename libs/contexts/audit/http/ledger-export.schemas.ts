import { z } from 'zod';

const example = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  state: 'done',
  requestedBy: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
  requestedAt: '2026-11-20T09:35:02.000Z',
  expiresAt: '2026-11-21T09:35:09.000Z',
  withKeys: false,
  events: 48_211,
  bytes: 31_907_112,
  digest: 'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
} as const;

/** The ledger of the workspace as a file, while it is made and until it expires. */
export const LedgerExportSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    requestedBy: z.string().meta({ description: 'The actor who asked for it' }),
    requestedAt: z.iso.datetime({ offset: true }),
    expiresAt: z.iso.datetime({ offset: true }).meta({ description: 'It can be downloaded until then' }),
    withKeys: z.boolean().meta({ description: 'Texts about people can be read by whoever has the passphrase' }),
    events: z.int().meta({ description: 'Events so far' }),
    bytes: z.int().meta({ description: 'Size of the file so far' }),
    digest: z.string().nullable().meta({ description: 'SHA-256 of its lines, once it is done' }),
  })
  .meta({ id: 'LedgerExport', example });
export type LedgerExportView = z.infer<typeof LedgerExportSchema>;

export const LedgerExportListSchema = z
  .object({ data: z.array(LedgerExportSchema).meta({ description: 'Those that have not expired, newest first' }) })
  .meta({ id: 'LedgerExportList', example: { data: [example] } });
export type LedgerExportList = z.infer<typeof LedgerExportListSchema>;

export const ExportLedgerBody = z
  .strictObject({
    passphrase: z
      .string()
      .max(1_000)
      .optional()
      .meta({ description: 'Puts the keys of personal texts into the file, protected by it: at least 12 characters' }),
  })
  .meta({ id: 'ExportLedgerBody', example: {} });
export type ExportLedgerBody = z.infer<typeof ExportLedgerBody>;
