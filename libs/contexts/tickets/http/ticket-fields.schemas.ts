import { z } from 'zod';
import { LIMITS } from '../domain/ticket-text.js';
import { LINK_RELATIONS, TICKET_CHANNELS, TICKET_PRIORITIES, TICKET_STATUSES } from '../domain/ticket.js';

/** The words of the API for one field each; lengths here only keep monsters out, the commands know the real limits. */
export const uuid = z.uuid().meta({ example: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a' });
export const instant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'RFC 3339 instant', example: '2026-11-20T09:30:00.000Z' });

export const status = z.enum(TICKET_STATUSES).meta({ id: 'TicketStatus', example: 'open' });
export const priority = z.enum(TICKET_PRIORITIES).meta({ id: 'TicketPriority', example: 'normal' });
export const channel = z.enum(TICKET_CHANNELS).meta({ id: 'TicketChannel', example: 'email' });
export const linkRelation = z.enum(LINK_RELATIONS).meta({ id: 'LinkRelation', example: 'related' });
export const fieldValue = z
  .union([z.string().max(LIMITS.fieldText), z.number(), z.boolean()])
  .meta({ id: 'FieldValue', example: 'NW-20417' });
export const ledgerToken = z
  .string()
  .regex(/^[0-9a-z]{1,200}$/)
  .meta({ description: 'Opaque position in the ledger of this workspace', example: 'k3f09a2c71' });

export const subject = z
  .string()
  .min(1)
  .max(LIMITS.subject)
  .meta({ example: 'The invoice for October shows the wrong address' });
export const prose = z
  .string()
  .min(1)
  .max(LIMITS.body)
  .meta({ description: 'Plain text', example: 'Hello, could you please send me a corrected invoice?' });
export const handoffText = z.string().min(1).max(LIMITS.handoff);
export const tags = z
  .array(z.string().min(1).max(LIMITS.tag))
  .max(LIMITS.tags)
  .meta({ example: ['invoice'] });
export const category = z.string().max(LIMITS.category).meta({ example: 'Billing' });
export const fieldName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/)
  .meta({ example: 'order_number' });
