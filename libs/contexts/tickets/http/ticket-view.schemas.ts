import { z } from 'zod';
import { TIMELINE_KINDS, type TicketSummary, type TicketView, type TimelineEntry } from '../domain/ticket-view.js';
import {
  channel,
  fieldValue,
  instant,
  linkRelation,
  ledgerToken,
  priority,
  status,
  uuid,
} from './ticket-fields.schemas.js';

const page = z.object({
  next: z.string().nullable().meta({ description: 'Give it as `after` for the next page' }),
  hasMore: z.boolean(),
});

const ticketName = z
  .object({ ticketId: uuid, number: z.int().meta({ example: 1041 }) })
  .meta({ id: 'TicketName', example: { ticketId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b59', number: 1041 } });

const list = {
  id: uuid,
  number: z.int().meta({ example: 1042 }),
  version: z.int().meta({ example: 4 }),
  subject: z.string().nullable(),
  status,
  priority,
  category: z.string().nullable(),
  tags: z.array(z.string()),
  channel,
  requester: z.object({ customerId: uuid, name: z.string().nullable(), address: z.string().nullable() }),
  erased: z.boolean(),
  assigneeId: uuid.nullable(),
  teamId: uuid.nullable(),
  pendingUntil: instant.nullable(),
  openedAt: instant,
  updatedAt: instant,
  waitingSince: instant.nullable(),
  messageCount: z.int(),
  preview: z.string().nullable(),
  externalId: z.object({ source: z.string(), id: z.string() }).nullable(),
};

const listExample: TicketSummary = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  number: 1042,
  version: 4,
  subject: 'The invoice for October shows the wrong address',
  status: 'open',
  priority: 'normal',
  category: 'Billing',
  tags: ['invoice'],
  channel: 'email',
  requester: {
    customerId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5d',
    name: 'Grace Hopper',
    address: 'grace@example.com',
  },
  erased: false,
  assigneeId: null,
  teamId: null,
  pendingUntil: null,
  openedAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:34:12.000Z',
  waitingSince: '2026-11-20T09:30:00.000Z',
  messageCount: 1,
  preview: 'Hello, could you please send me a corrected invoice?',
  externalId: null,
};

export const TicketSummarySchema = z
  .object(list)
  .meta({ id: 'TicketSummary', example: listExample }) satisfies z.ZodType<TicketSummary>;

const view = {
  ...list,
  subcategory: z.string().nullable(),
  customFields: z.record(z.string(), fieldValue.nullable()),
  assignmentReason: z.string().nullable(),
  solvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  firstRepliedAt: instant.nullable(),
  noteCount: z.int(),
  links: z.array(z.object({ ticketId: uuid, relation: linkRelation })),
  mergedInto: ticketName.nullable().meta({ description: 'The ticket that this one was merged into' }),
  mergedTickets: z.array(ticketName).meta({ description: 'Tickets whose stories show in this one' }),
  takenFrom: z.array(ticketName).meta({ description: 'Tickets in which messages stand that go on here' }),
  imported: z.boolean(),
};

export const ticketExample: TicketView = {
  ...listExample,
  subcategory: 'Invoice',
  customFields: { order_number: 'NW-20417' },
  assignmentReason: null,
  solvedAt: null,
  closedAt: null,
  firstRepliedAt: null,
  noteCount: 0,
  links: [],
  mergedInto: null,
  mergedTickets: [],
  takenFrom: [],
  imported: false,
};

export const TicketSchema = z
  .object(view)
  .meta({ id: 'Ticket', example: ticketExample }) satisfies z.ZodType<TicketView>;

const entryExample: TimelineEntry = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  ticketId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  revision: 0,
  kind: 'customer_message',
  type: 'TicketOpened',
  actor: 'customer:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5d',
  cause: 'command:OpenTicket',
  at: '2026-11-20T09:30:00.000Z',
  recordedAt: '2026-11-20T09:30:00.000Z',
  imported: false,
  text: 'Hello, could you please send me a corrected invoice?',
  erased: false,
  channel: 'email',
  handoff: null,
  addressedTo: null,
  movedTo: null,
  changes: [],
};

const fieldChange = z
  .object({ field: z.string(), from: fieldValue.nullable(), to: fieldValue.nullable() })
  .meta({ id: 'FieldChange', example: { field: 'priority', from: 'normal', to: 'high' } });

export const TimelineEntrySchema = z
  .object({
    id: uuid,
    ticketId: uuid,
    revision: z.int(),
    kind: z.enum(TIMELINE_KINDS).meta({ id: 'TimelineKind', example: 'customer_message' }),
    type: z.string(),
    actor: z.string(),
    cause: z.string(),
    at: instant,
    recordedAt: instant,
    imported: z.boolean(),
    text: z.string().nullable(),
    erased: z.boolean(),
    channel: channel.nullable(),
    handoff: z
      .object({
        done: z.string().nullable(),
        next: z.string().nullable(),
        watch: z.string().nullable(),
        assigneeId: uuid,
      })
      .nullable(),
    addressedTo: uuid.nullable().meta({ description: 'The merged ticket that the message was for' }),
    movedTo: ticketName.nullable().meta({ description: 'The ticket in which the message goes on' }),
    changes: z.array(fieldChange),
  })
  .meta({ id: 'TimelineEntry', example: entryExample }) satisfies z.ZodType<TimelineEntry>;

export const TimelineSchema = z
  .object({ data: z.array(TimelineEntrySchema).meta({ description: 'Newest first' }), page })
  .meta({ id: 'Timeline', example: { data: [entryExample], page: { next: null, hasMore: false } } });

/** A ticket with the newest page of its timeline when it was asked for with `include=timeline`. */
export const TicketDetailSchema = z
  .object({
    ...view,
    leadsTo: ticketName.optional().meta({ description: 'Of a merged ticket: where its story goes on now' }),
    timeline: TimelineSchema.optional(),
  })
  .meta({ id: 'TicketDetail', example: ticketExample });

export const TicketPageSchema = z
  .object({ data: z.array(TicketSummarySchema), page })
  .meta({ id: 'TicketPage', example: { data: [listExample], page: { next: null, hasMore: false } } });

const eventExample = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
  stream: 'ticket-01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  type: 'TicketPrioritised',
  revision: 3,
  position: 'k3f09a2c71',
  actor: 'member:01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
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
    id: uuid,
    stream: z.string(),
    type: z.string(),
    revision: z.int(),
    position: ledgerToken,
    actor: z.string(),
    cause: z.string(),
    commandId: z.string(),
    occurredAt: instant,
    recordedAt: instant,
    imported: z.boolean(),
    hash: z.string(),
    previousHash: z.string(),
    data: z.record(z.string(), z.unknown()).meta({
      description: 'What happened. Texts about people appear only to those who may read them, otherwise as null',
    }),
  })
  .meta({ id: 'LedgerEvent', example: eventExample });
export type LedgerEvent = z.infer<typeof LedgerEventSchema>;

export const TicketLedgerSchema = z
  .object({
    data: z.array(LedgerEventSchema),
    verified: z.boolean().meta({ description: 'Every event matches its hash and names its predecessor' }),
    broken: z
      .object({ revision: z.int(), reason: z.string() })
      .nullable()
      .meta({ description: 'The first event that does not' }),
  })
  .meta({ id: 'TicketLedger', example: { data: [eventExample], verified: true, broken: null } });

export const TicketCountsSchema = z
  .object({
    views: z.record(z.string(), z.object({ count: z.int(), capped: z.boolean() })),
    teams: z.record(z.string(), z.object({ count: z.int(), capped: z.boolean() })),
  })
  .meta({
    id: 'TicketCounts',
    example: { views: { mine: { count: 7, capped: false }, unassigned: { count: 1000, capped: true } }, teams: {} },
  });
