import { z } from 'zod';
import { LIMITS } from '../domain/ticket-text.js';
import { subject, uuid } from './ticket-fields.schemas.js';

export const MergeTicketBody = z
  .strictObject({
    into: uuid.meta({ description: 'The ticket in which the story goes on' }),
    confirm: z.boolean().optional().meta({
      description: 'true when the two tickets are about different people and belong together all the same',
      example: true,
    }),
  })
  .meta({ id: 'MergeTicket', example: { into: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b59', confirm: true } });
export type MergeTicketBody = z.infer<typeof MergeTicketBody>;

export const SplitTicketBody = z
  .strictObject({
    messageIds: z
      .array(uuid)
      .min(1)
      .max(LIMITS.split)
      .meta({
        description: 'Ids of messages and notes from the timeline',
        example: ['01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60'],
      }),
    subject: subject
      .optional()
      .meta({ description: 'That of the ticket when absent', example: 'The address on invoices' }),
    requester: z
      .strictObject({
        email: z.string().min(3).max(254).meta({ format: 'email', example: 'grace@example.com' }),
        name: z.string().min(1).max(200).meta({ example: 'Grace Hopper' }),
      })
      .optional()
      .meta({ description: 'Who the new ticket is about; the same person when absent' }),
  })
  .meta({
    id: 'SplitTicket',
    example: { messageIds: ['01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60'], subject: 'The address on invoices' },
  });
export type SplitTicketBody = z.infer<typeof SplitTicketBody>;
