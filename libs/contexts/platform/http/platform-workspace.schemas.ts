import { LONGEST_REASON, roleName, SuspensionView } from '@ledgerdesk/workspaces';
import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });
const count = z.int().min(0);

const REASON = 'Unpaid since September.';
const LINE = {
  id: '01936c0e-7a00-7000-8000-000000000002',
  slug: 'northwind',
  name: 'Northwind',
  openedAt: '2026-03-02T08:00:00.000Z',
  suspension: null,
  members: 12,
  openTickets: 318,
  events: 10_000,
  moreEvents: true,
  lastActivityAt: '2026-11-20T09:30:00.000Z',
};
const SEAT = { id: '01936c0e-7a00-7000-8000-000000000001', name: 'Maya Lindqvist', role: 'agent' } as const;

const line = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  openedAt: instant,
  suspension: SuspensionView.nullable().meta({ description: 'null while the workspace is not suspended' }),
  members: count.meta({ description: 'Who can sign in' }),
  openTickets: count.meta({ description: 'New, open, pending or on hold' }),
  events: count.meta({ description: 'In the ledger; counted up to 10,000 in the list and 1,000,000 in one workspace' }),
  moreEvents: z.boolean().meta({ description: 'There are more than were counted' }),
  lastActivityAt: instant.nullable().meta({ description: 'When the newest event was recorded' }),
});

export const PlatformWorkspaceLine = line.meta({ id: 'PlatformWorkspaceLine', example: LINE });
export type PlatformWorkspaceLine = z.infer<typeof PlatformWorkspaceLine>;

export const PlatformWorkspacePage = z
  .object({
    data: z.array(PlatformWorkspaceLine),
    page: z.object({ next: z.string().nullable(), hasMore: z.boolean() }),
  })
  .meta({ id: 'PlatformWorkspacePage', example: { data: [LINE], page: { next: null, hasMore: false } } });
export type PlatformWorkspacePage = z.infer<typeof PlatformWorkspacePage>;

const seat = z
  .object({ id: z.uuid(), name: z.string().nullable(), role: roleName })
  .meta({ id: 'PlatformSeat', example: SEAT });

export const PlatformWorkspaceView = line
  .extend({
    timeZone: z.string(),
    language: z.string(),
    seats: z.array(seat).max(100).meta({ description: 'Who can sign in, owners first; 100 at most' }),
  })
  .meta({
    id: 'PlatformWorkspace',
    example: { ...LINE, timeZone: 'Europe/Berlin', language: 'en', seats: [SEAT] },
  });
export type PlatformWorkspaceView = z.infer<typeof PlatformWorkspaceView>;

export const PlatformWorkspacesQuery = z.strictObject({
  q: z.string().max(100).optional().meta({ description: 'Part of the name or of the short name', example: 'north' }),
  limit: z
    .string()
    .regex(/^(?:[1-9]|[1-4]\d|50)$/)
    .transform(Number)
    .optional()
    .meta({ type: 'integer', minimum: 1, maximum: 50, description: '25 by default', example: 25 }),
  after: z.string().max(2_048).optional().meta({ description: '`page.next` of the page before' }),
});
export type PlatformWorkspacesQuery = z.infer<typeof PlatformWorkspacesQuery>;

export const ReasonBody = z
  .strictObject({
    reason: z.string().min(1).max(LONGEST_REASON).meta({
      description:
        'The people of the workspace read it, in the desk and in their ledger. About the workspace, not about a person',
      example: REASON,
    }),
  })
  .meta({ id: 'Reason', example: { reason: REASON } });
export type ReasonBody = z.infer<typeof ReasonBody>;
