import { z } from 'zod';
import type { Draft } from '../commands/drafts.js';
import type { ScheduledReply } from '../commands/reply-texts.js';
import { REPLY_STATES } from '../domain/scheduled-reply.js';
import { LIMITS } from '../domain/ticket-text.js';
import { instant, prose, uuid } from './ticket-fields.schemas.js';

const text = z.string().max(LIMITS.body);
const seenVersion = z.int().min(0);

const draftExample: Draft = {
  version: 1763631252000,
  reply: 'The corrected invoice is on its',
  note: '',
  seenVersion: 4,
};

export const DraftSchema = z
  .object({
    version: z.int().meta({ description: '0 when nothing has been written' }),
    reply: z.string(),
    note: z.string(),
    seenVersion: seenVersion.nullable().meta({ description: 'Version of the ticket that the writer had seen' }),
  })
  .meta({ id: 'Draft', example: draftExample }) satisfies z.ZodType<Draft>;

export const SaveDraftBody = z
  .strictObject({ reply: text, note: text, seenVersion: seenVersion.nullable().optional() })
  .meta({ id: 'SaveDraft', example: { reply: 'The corrected invoice is on its', note: '', seenVersion: 4 } });
export type SaveDraftBody = z.infer<typeof SaveDraftBody>;

const thenStatus = z
  .enum(['pending', 'solved'])
  .meta({ description: 'Where the ticket goes with the reply, decided when it is sent', example: 'solved' });
const sendAt = instant.meta({ description: 'When it leaves', example: '2026-11-23T08:00:00.000Z' });

const replyExample: ScheduledReply = {
  id: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b61',
  ticketId: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  version: 1763631252000,
  state: 'scheduled',
  body: 'The corrected invoice is on its way.',
  thenStatus: 'solved',
  seenVersion: 4,
  sendAt: '2026-11-23T08:00:00.000Z',
  reason: null,
  createdAt: '2026-11-20T09:34:12.000Z',
  updatedAt: '2026-11-20T09:34:12.000Z',
};

export const ScheduledReplySchema = z
  .object({
    id: uuid,
    ticketId: uuid,
    version: z.int(),
    state: z.enum(REPLY_STATES).meta({
      id: 'ScheduledReplyState',
      description: 'held: a message arrived that its author has not seen; failed: refused when its time came',
    }),
    body: z.string().nullable().meta({ description: 'null once it was sent, or the person was erased' }),
    thenStatus: thenStatus.nullable(),
    seenVersion: seenVersion.nullable(),
    sendAt,
    reason: z.string().nullable().meta({ description: 'Code of the refusal that brought it back' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'ScheduledReply', example: replyExample }) satisfies z.ZodType<ScheduledReply>;

export const ScheduledRepliesSchema = z
  .object({ data: z.array(ScheduledReplySchema).readonly() })
  .meta({ id: 'ScheduledReplies', example: { data: [replyExample] } });
export type ScheduledReplies = z.infer<typeof ScheduledRepliesSchema>;

export const ScheduleReplyBody = z
  .strictObject({
    body: prose,
    thenStatus: thenStatus.optional(),
    seenVersion: seenVersion.optional().meta({
      description:
        'Version of the ticket that the writer had seen, by default the newest: a later message holds the reply',
      example: 4,
    }),
    sendAt: sendAt
      .optional()
      .meta({ description: 'Without it, the reply waits as long as the workspace lets replies be taken back' }),
  })
  .meta({
    id: 'ScheduleReply',
    example: { body: 'The corrected invoice is on its way.', sendAt: '2026-11-23T08:00:00.000Z' },
  });
export type ScheduleReplyBody = z.infer<typeof ScheduleReplyBody>;

export const ChangeScheduledReplyBody = z
  .strictObject({
    body: prose.optional(),
    thenStatus: thenStatus.nullable().optional(),
    seenVersion: seenVersion.optional(),
    sendAt: sendAt.optional(),
  })
  .meta({ id: 'ChangeScheduledReply', example: { sendAt: '2026-11-24T08:00:00.000Z' } });
export type ChangeScheduledReplyBody = z.infer<typeof ChangeScheduledReplyBody>;

export const SendScheduledReplyBody = z
  .strictObject({
    seenVersion: seenVersion
      .optional()
      .meta({ description: 'For a held reply: version of the ticket after what arrived', example: 6 }),
  })
  .meta({ id: 'SendScheduledReply', example: { seenVersion: 6 } });
export type SendScheduledReplyBody = z.infer<typeof SendScheduledReplyBody>;
