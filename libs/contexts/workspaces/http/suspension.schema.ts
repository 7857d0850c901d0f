import { z } from 'zod';

export const SuspensionView = z
  .object({
    since: z.iso.datetime({ offset: true }),
    reason: z.string().meta({ description: 'In the words of those who run the installation' }),
  })
  .meta({ id: 'Suspension', example: { since: '2026-11-20T09:30:00.000Z', reason: 'Unpaid since September.' } });
export type SuspensionView = z.infer<typeof SuspensionView>;
