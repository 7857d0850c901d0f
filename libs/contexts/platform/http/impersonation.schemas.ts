import { z } from 'zod';
import { LONGEST_MINUTES } from '../domain/impersonation.js';

const ID = '01936c0e-7a00-7000-8000-00000000000a';
const MEMBER_ID = '01936c0e-7a00-7000-8000-000000000001';

export const ActAsMemberBody = z
  .strictObject({
    memberId: z.uuid().meta({ example: MEMBER_ID }),
    reason: z.string().min(1).max(500).meta({ description: 'The people of the workspace read it in their ledger' }),
    minutes: z.int().min(1).max(LONGEST_MINUTES).meta({ description: 'After these it ends by itself' }),
  })
  .meta({ id: 'ActAsMember', example: { memberId: MEMBER_ID, reason: 'Ticket 7: her views are empty.', minutes: 15 } });
export type ActAsMemberBody = z.infer<typeof ActAsMemberBody>;

export const ActingAsView = z
  .object({
    id: z.uuid(),
    accessToken: z.string().meta({ description: 'Speaks for the member, on the routes of the desk and its socket' }),
    until: z.iso.datetime({ offset: true }),
  })
  .meta({
    id: 'ActingAs',
    example: { id: ID, accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', until: '2026-11-20T09:45:00.000Z' },
  });
export type ActingAsView = z.infer<typeof ActingAsView>;
