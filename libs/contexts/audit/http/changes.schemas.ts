import { z } from 'zod';
import { CONFIGURATION } from '../domain/configuration-change.js';
import type { ToldChange } from '../queries/change-rows.js';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });

export const changeValue = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown()), z.object({ erased: z.literal(true) })])
  .meta({ description: 'null for nothing; { erased: true } for a text about somebody who was erased' });

const example = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  at: '2026-11-20T09:34:12.000Z',
  actor: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
  cause: 'command:RenameTeam',
  kind: 'team',
  subject: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  stream: 'team-01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  revision: 3,
  type: 'TeamRenamed',
  hash: 'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
  changes: [{ field: 'name', from: 'Billing', to: 'Billing and contracts' }],
};

export const kind = z.enum(CONFIGURATION).meta({ id: 'ConfigurationKind' });

/** One event that changed how the workspace is set up. */
export const ConfigurationChangeSchema = z
  .object({
    id: z.uuid().meta({ description: 'Of the event' }),
    at: instant.meta({ description: 'When the ledger learned it' }),
    actor: z.string().meta({ description: 'Who: member, key, platform or the desk itself' }),
    cause: z.string(),
    kind,
    subject: z.string().meta({ description: 'Id of what was changed' }),
    stream: z.string().meta({ description: 'Its place in the ledger: `stream` of `listLedger`, and `revision` there' }),
    revision: z.int(),
    type: z.string(),
    hash: z.string().meta({ description: 'Of the event, as the ledger and its proof hold it' }),
    changes: z.array(z.object({ field: z.string(), from: changeValue, to: changeValue })),
  })
  .meta({ id: 'ConfigurationChange', example });
export type ConfigurationChange = z.infer<typeof ConfigurationChangeSchema>;

export function changeView({ subjectId: subject, at, changes, ...row }: ToldChange): ConfigurationChange {
  return {
    ...row,
    subject,
    stream: `${row.kind}-${subject}`,
    at: at.toISOString(),
    changes: changes as ConfigurationChange['changes'],
    kind: row.kind as ConfigurationChange['kind'],
  };
}

export const ConfigurationChangePage = z
  .object({
    data: z.array(ConfigurationChangeSchema).meta({ description: 'Newest first' }),
    page: z.object({ next: z.string().nullable(), hasMore: z.boolean() }),
  })
  .meta({ id: 'ConfigurationChangePage', example: { data: [example], page: { next: null, hasMore: false } } });

const filters = {
  kind: kind.optional(),
  actor: z
    .string()
    .regex(/^(?:member|customer|key|system|platform):[\w-]{1,80}$/)
    .optional()
    .meta({ example: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b' }),
  subject: z
    .string()
    .regex(/^[\w-]{1,80}$/)
    .optional()
    .meta({ description: 'Id of what was changed' }),
  from: instant.optional().meta({ description: 'Recorded at this instant or later' }),
  to: instant.optional().meta({ description: 'Recorded before this instant' }),
  q: z.string().min(1).max(200).optional().meta({ description: 'Text that stands in it', example: 'Billing' }),
};

/** Filters of the changes as a file; all given ones must hold. */
export const ExportChangesQuery = z.strictObject(filters);
export type ExportChangesQuery = z.infer<typeof ExportChangesQuery>;

export const ListChangesQuery = z.strictObject({
  ...filters,
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/)
    .transform(Number)
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '50 by default', example: 50 }),
  after: z.string().max(2_048).optional().meta({ description: '`page.next` of the page before' }),
});
export type ListChangesQuery = z.infer<typeof ListChangesQuery>;
