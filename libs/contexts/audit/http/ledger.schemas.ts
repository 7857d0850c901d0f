import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });
const streamLabel = z
  .string()
  .regex(/^[a-z][a-z-]{0,40}-[0-9a-f-]{36}$/)
  .meta({
    description: 'Kind and id of what the event is about',
    example: 'ticket-01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  });

const eventExample = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  stream: 'ticket-01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  type: 'TicketPrioritised',
  revision: 3,
  position: '5d1c0f6a2be94d7781c3a0b2f4e6d8909f8e7d6c5b4a39281706f5e4d3c2b1a0',
  actor: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
  impersonatedBy: null,
  cause: 'command:PrioritiseTicket',
  commandId: '5f9c4f0e-7d8b-5c7e-9b0e-3f6a1d2c4b5a',
  occurredAt: '2026-11-20T09:34:12.000Z',
  recordedAt: '2026-11-20T09:34:12.000Z',
  imported: false,
  hash: 'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
  previousHash: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
  data: { priority: 'high', from: 'normal' },
};

/** One fact as it stands in the ledger. */
export const LedgerEventSchema = z
  .object({
    id: z.uuid(),
    stream: streamLabel,
    type: z.string(),
    revision: z.int(),
    position: z.string().meta({ description: 'Opaque position in the ledger; `at` of a ticket takes it' }),
    actor: z.string(),
    impersonatedBy: z.string().nullable().meta({
      description: '`platform:<uuid>` of somebody who runs the installation and acted in the seat of the actor',
    }),
    cause: z.string(),
    commandId: z.string(),
    occurredAt: instant,
    recordedAt: instant,
    imported: z.boolean(),
    hash: z.string().meta({ description: 'SHA-256 over the event and the hash before it, hexadecimal' }),
    previousHash: z.string(),
    data: z.record(z.string(), z.unknown()).meta({
      description:
        'What happened. A text about a person reads { text }, { erased: true } or { sealed: true } for those who may not read it',
    }),
  })
  .meta({ id: 'LedgerEvent', example: eventExample });
export type LedgerEvent = z.infer<typeof LedgerEventSchema>;

export const TicketLedgerSchema = z
  .object({
    data: z.array(LedgerEventSchema).meta({ description: 'All events of the ticket, oldest first' }),
    verified: z.boolean().meta({ description: 'Every event matches its hash and names its predecessor' }),
    broken: z
      .object({ revision: z.int(), reason: z.enum(['missing', 'metadata', 'hash', 'previous-hash']) })
      .nullable()
      .meta({ description: 'The first event that does not' }),
  })
  .meta({ id: 'TicketLedger', example: { data: [eventExample], verified: true, broken: null } });
export type TicketLedger = z.infer<typeof TicketLedgerSchema>;

export const LedgerPageSchema = z
  .object({
    data: z.array(LedgerEventSchema).meta({ description: 'Newest first' }),
    page: z.object({ next: z.string().nullable(), hasMore: z.boolean() }),
  })
  .meta({ id: 'LedgerPage', example: { data: [eventExample], page: { next: null, hasMore: false } } });

const yes = z.enum(['true', 'false']).optional();

export const GetTicketLedgerQuery = z.strictObject({
  texts: yes.meta({
    description: 'true shows texts about people; what an auditor reads is itself written into the ledger',
  }),
});
export type GetTicketLedgerQuery = z.infer<typeof GetTicketLedgerQuery>;

/** Filters of the ledger browser; all given ones must hold. */
export const ListLedgerQuery = z.strictObject({
  type: z
    .string()
    .regex(/^[A-Z][A-Za-z]{0,60}$/)
    .optional()
    .meta({ example: 'TicketAssigned' }),
  actor: z
    .string()
    .regex(/^(?:member|customer|key|platform|system):[\w-]{1,80}$/)
    .optional()
    .meta({ example: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b' }),
  stream: streamLabel.optional(),
  from: instant.optional().meta({ description: 'Recorded at this instant or later' }),
  to: instant.optional().meta({ description: 'Recorded before this instant' }),
  texts: GetTicketLedgerQuery.shape.texts,
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .pipe(z.number().int().max(100))
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '50 by default', example: 50 }),
  after: z.string().max(1000).optional().meta({ description: '`page.next` of the page before' }),
});
export type ListLedgerQuery = z.infer<typeof ListLedgerQuery>;
