import { z } from 'zod';
import { LIMITS } from '../domain/ticket-text.js';
import {
  category,
  channel,
  fieldName,
  fieldValue,
  handoffText,
  instant,
  linkRelation,
  priority,
  prose,
  subject,
  tags,
  uuid,
} from './ticket-fields.schemas.js';

/** Bodies of the ticket commands, one schema per operation; unknown keys are refused. */
export const OpenTicketBody = z
  .strictObject({
    subject,
    body: prose,
    channel: channel.exclude(['import']).optional().meta({ id: 'NewTicketChannel', example: 'email' }),
    priority: priority.optional(),
    category: category.optional(),
    subcategory: category.optional().meta({ example: 'Invoice' }),
    tags: tags.optional(),
    customFields: z
      .record(fieldName, fieldValue)
      .optional()
      .meta({ example: { order_number: 'NW-20417' } }),
    requester: z.strictObject({
      email: z.string().min(3).max(254).meta({ format: 'email', example: 'grace@example.com' }),
      name: z.string().min(1).max(200).meta({ example: 'Grace Hopper' }),
    }),
  })
  .meta({
    id: 'OpenTicket',
    example: {
      subject: 'The invoice for October shows the wrong address',
      body: 'Hello, could you please send me a corrected invoice?',
      channel: 'email',
      priority: 'normal',
      category: 'Billing',
      tags: ['invoice'],
      requester: { email: 'grace@example.com', name: 'Grace Hopper' },
    },
  });
export type OpenTicketBody = z.infer<typeof OpenTicketBody>;

export const SendReplyBody = z
  .strictObject({
    body: prose,
    thenStatus: z
      .enum(['pending', 'solved'])
      .optional()
      .meta({ description: 'Where the ticket goes with the reply', example: 'solved' }),
    seenVersion: z.int().min(0).optional().meta({
      description:
        'Version the writer had seen: when a message arrived since, the reply is held back (409 ticket.new-message)',
      example: 4,
    }),
  })
  .meta({ id: 'SendReply', example: { body: 'The corrected invoice is on its way.', thenStatus: 'solved' } });
export type SendReplyBody = z.infer<typeof SendReplyBody>;

export const AddNoteBody = z
  .strictObject({ body: prose })
  .meta({ id: 'AddNote', example: { body: 'Asked accounting for the corrected invoice.' } });
export type AddNoteBody = z.infer<typeof AddNoteBody>;

export const ReceiveMessageBody = z
  .strictObject({ body: prose, channel: channel.exclude(['import']).optional().meta({ example: 'email' }) })
  .meta({ id: 'ReceiveMessage', example: { body: 'It has not arrived yet, could you look again?', channel: 'email' } });
export type ReceiveMessageBody = z.infer<typeof ReceiveMessageBody>;

export const AssignTicketBody = z
  .strictObject({
    assigneeId: uuid.nullable().optional().meta({ description: 'A member; null: nobody; absent: as it is' }),
    teamId: uuid.nullable().optional().meta({ description: 'A team; null: no team; absent: as it is' }),
    reason: z.string().max(LIMITS.reason).optional().meta({ example: 'Knows the customer' }),
  })
  .refine(({ assigneeId, teamId }) => assigneeId !== undefined || teamId !== undefined, {
    error: 'Name assigneeId, teamId or both.',
  })
  .meta({
    id: 'AssignTicket',
    example: { assigneeId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b', reason: 'Knows the customer' },
  });
export type AssignTicketBody = z.infer<typeof AssignTicketBody>;

export const RenameTicketBody = z
  .strictObject({ subject })
  .meta({ id: 'RenameTicket', example: { subject: 'Corrected invoice for October' } });
export type RenameTicketBody = z.infer<typeof RenameTicketBody>;

export const PrioritiseTicketBody = z
  .strictObject({ priority })
  .meta({ id: 'PrioritiseTicket', example: { priority: 'high' } });
export type PrioritiseTicketBody = z.infer<typeof PrioritiseTicketBody>;

export const CategoriseTicketBody = z
  .strictObject({ category: category.nullable(), subcategory: category.nullable().optional() })
  .meta({ id: 'CategoriseTicket', example: { category: 'Billing', subcategory: 'Invoice' } });
export type CategoriseTicketBody = z.infer<typeof CategoriseTicketBody>;

export const TagTicketBody = z
  .strictObject({ tags: tags.min(1) })
  .meta({ id: 'TagTicket', example: { tags: ['invoice'] } });
export type TagTicketBody = z.infer<typeof TagTicketBody>;

export const SetCustomFieldBody = z
  .strictObject({
    field: fieldName,
    value: fieldValue.nullable().meta({ description: 'null takes the field away' }),
  })
  .meta({ id: 'SetCustomField', example: { field: 'order_number', value: 'NW-20417' } });
export type SetCustomFieldBody = z.infer<typeof SetCustomFieldBody>;

export const PendTicketBody = z
  .strictObject({ until: instant.optional() })
  .meta({ id: 'PendTicket', example: { until: '2026-11-23T08:00:00.000Z' } });
export type PendTicketBody = z.infer<typeof PendTicketBody>;

export const HandOffTicketBody = z
  .strictObject({
    done: handoffText.meta({ description: 'What was done', example: 'Checked the order and the address.' }),
    next: handoffText.meta({ description: 'What is next', example: 'Accounting sends the corrected invoice.' }),
    watch: handoffText.optional().meta({ description: 'What to watch', example: 'The customer travels from Friday.' }),
    assigneeId: uuid.meta({ description: 'The member who takes over' }),
  })
  .meta({
    id: 'HandOffTicket',
    example: {
      done: 'Checked the order and the address.',
      next: 'Accounting sends the corrected invoice.',
      assigneeId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5b',
    },
  });
export type HandOffTicketBody = z.infer<typeof HandOffTicketBody>;

export const LinkTicketBody = z
  .strictObject({ ticketId: uuid.meta({ description: 'The other ticket' }), relation: linkRelation.optional() })
  .meta({ id: 'LinkTicket', example: { ticketId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a', relation: 'related' } });
export type LinkTicketBody = z.infer<typeof LinkTicketBody>;

/** For commands that need nothing but the ticket: hold, solve, reopen, close, spam, trash, restore. */
export const EmptyBody = z.strictObject({}).optional().meta({ id: 'Empty', example: {} });
