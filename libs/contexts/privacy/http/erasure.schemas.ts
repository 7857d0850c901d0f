import { z } from 'zod';
import { ERASURE_REASONS } from '@ledgerdesk/kernel';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });

/** How far an erasure is. */
const progress = {
  state: z.enum(['none', 'requested', 'erased']),
  reason: z.enum(ERASURE_REASONS).nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: instant.nullable(),
  erasedAt: instant.nullable(),
};

export const CustomerErasureSchema = z
  .object({
    ...progress,
    tickets: z.int().meta({ description: 'Tickets that hold texts about the customer' }),
    texts: z
      .int()
      .meta({ description: 'Messages and other entries of these tickets whose texts are erased with them' }),
    addresses: z.int().meta({ description: 'Addresses that become free' }),
    notes: z.int().meta({ description: 'Newest notes about the customer, 50 at most' }),
  })
  .meta({
    id: 'CustomerErasure',
    example: {
      state: 'none',
      reason: null,
      requestedBy: null,
      requestedAt: null,
      erasedAt: null,
      tickets: 3,
      texts: 11,
      addresses: 1,
      notes: 2,
    },
  });
export type CustomerErasureView = z.infer<typeof CustomerErasureSchema>;

const reason = z.enum(ERASURE_REASONS).meta({ description: 'Grounds of GDPR article 17(1); kept for good' });

export const EraseCustomerBody = z
  .strictObject({ reason })
  .meta({ id: 'EraseCustomer', example: { reason: 'person_asked' } });
export type EraseCustomerBody = z.infer<typeof EraseCustomerBody>;

export const MemberErasureSchema = z.object(progress).meta({
  id: 'MemberErasure',
  example: {
    state: 'requested',
    reason: 'person_asked',
    requestedBy: 'member:01936c0e-7a00-7000-8000-000000000001',
    requestedAt: '2026-11-20T09:30:00.000Z',
    erasedAt: null,
  },
});
export type MemberErasureView = z.infer<typeof MemberErasureSchema>;

export const EraseMemberBody = z
  .strictObject({ reason })
  .meta({ id: 'EraseMember', example: { reason: 'person_asked' } });
export type EraseMemberBody = z.infer<typeof EraseMemberBody>;
