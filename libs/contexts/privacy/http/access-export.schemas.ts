import { z } from 'zod';
import { ACCESS_FORMATS } from '../access/access-document.js';

export const ExportCustomerDataQuery = z.strictObject({
  format: z.enum(ACCESS_FORMATS).optional().meta({ description: 'json by default; html is for people to read' }),
});
export type ExportCustomerDataQuery = z.infer<typeof ExportCustomerDataQuery>;

const entries = z.array(z.looseObject({ type: z.string(), at: z.string(), actor: z.string(), cause: z.string() }));

export const AccessExportSchema = z
  .object({
    format: z.literal('ledgerdesk-access-export'),
    version: z.literal(1),
    workspace: z.string(),
    customerId: z.uuid(),
    exportedAt: z.iso.datetime({ offset: true }),
    customer: z.looseObject({ id: z.uuid() }).nullable(),
    history: entries,
    tickets: z.array(z.object({ ticket: z.looseObject({ id: z.uuid() }).optional(), entries })),
    complete: z.object({ tickets: z.int() }).meta({ description: 'Comes last: an answer that was cut off has none' }),
  })
  .meta({
    id: 'AccessExport',
    example: {
      format: 'ledgerdesk-access-export',
      version: 1,
      workspace: 'Northwind Support',
      customerId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5d',
      exportedAt: '2026-11-20T09:30:00.000Z',
      customer: { id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5d', name: 'Grace Hopper' },
      history: [
        {
          type: 'CustomerRegistered',
          at: '2026-11-20T09:30:00.000Z',
          actor: 'member:01936c0e-7a00-7000-8000-000000000001',
          cause: 'command:RegisterCustomer',
        },
      ],
      tickets: [],
      complete: { tickets: 0 },
    },
  });
