import { z } from 'zod';
import { STANDARD_VIEWS, type SORTS } from '../read-models/inbox.views.js';
import { priority, status, uuid } from './ticket-fields.schemas.js';

const TICKET_SORTS = ['updated', 'opened', 'priority'] as const satisfies (keyof typeof SORTS)[];

const whole = z
  .string()
  .regex(/^[1-9]\d{0,2}$/)
  .transform(Number);

/** Filters of the ticket list; all given ones must hold. */
export const ListTicketsQuery = z.strictObject({
  view: z.enum(STANDARD_VIEWS).optional().meta({ description: 'A standard view', example: 'unassigned' }),
  status: status.optional(),
  assignee: z
    .union([uuid, z.enum(['me', 'none'])])
    .optional()
    .meta({ description: 'Id of a member, me, or none', example: 'me' }),
  team: z
    .union([uuid, z.literal('none')])
    .optional()
    .meta({ description: 'Id of a team, or none', example: 'none' }),
  priority: priority.optional(),
  tag: z.string().min(1).max(50).optional().meta({ example: 'invoice' }),
  requester: uuid.optional().meta({ description: 'Id of a customer' }),
  q: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'Search: status:open priority>=high tag:vip "exact words"', example: 'status:open invoice' }),
  sort: z.enum(TICKET_SORTS).optional().meta({ description: 'Newest, or most pressing, first', example: 'updated' }),
  limit: whole
    .pipe(z.number().int().max(100))
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 100, description: '50 by default', example: 50 }),
  after: z.string().max(1000).optional().meta({ description: '`page.next` of the page before' }),
});
export type ListTicketsQuery = z.infer<typeof ListTicketsQuery>;

export const GetTicketQuery = z.strictObject({
  at: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The ticket as it stood at an RFC 3339 instant, or as known at a ledger position' }),
  include: z.literal('timeline').optional().meta({ description: 'Adds the newest page of the timeline' }),
});
export type GetTicketQuery = z.infer<typeof GetTicketQuery>;

export const GetTimelineQuery = z.strictObject({
  at: GetTicketQuery.shape.at,
  limit: ListTicketsQuery.shape.limit,
  after: ListTicketsQuery.shape.after,
});
export type GetTimelineQuery = z.infer<typeof GetTimelineQuery>;
