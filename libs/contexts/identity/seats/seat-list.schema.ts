import { z } from 'zod';

export const MOST_SEATS = 2_000;

const SEAT = {
  memberId: '01936c0e-7a00-7000-8000-000000000001',
  email: 'agent@demo.test',
  lastSeenAt: '2026-11-20T14:05:00.000Z',
};

const seat = z
  .object({
    memberId: z.uuid(),
    email: z.string().meta({ description: 'What the account signs in with' }),
    lastSeenAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Exact to five minutes; null for nobody in the last 30 days' }),
  })
  .meta({ id: 'Seat', example: SEAT });

export const SeatList = z
  .object({ data: z.array(seat).meta({ description: 'Members with an account; 2,000 at most' }) })
  .meta({ id: 'SeatList', example: { data: [SEAT] } });
export type SeatList = z.infer<typeof SeatList>;
