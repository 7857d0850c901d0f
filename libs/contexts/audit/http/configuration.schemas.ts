import { z } from 'zod';
import { changeValue, kind } from './changes.schemas.js';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });

const side = z
  .object({
    value: changeValue,
    event: z.uuid().meta({ description: 'The event that made it so: the proof' }),
    hash: z.string(),
    since: instant,
  })
  .nullable()
  .meta({ description: 'null where there was nothing' });

const example = {
  kind: 'workspace' as const,
  subject: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  field: 'reopenWindowDays',
  before: {
    value: 7,
    event: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b60',
    hash: 'f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2',
    since: '2026-11-02T08:00:00.000Z',
  },
  after: {
    value: 14,
    event: '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b61',
    hash: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8',
    since: '2026-11-18T08:00:00.000Z',
  },
};

/** How the workspace was set up at two moments. */
export const ConfigurationComparisonSchema = z
  .object({
    at: instant.meta({ description: 'The earlier moment' }),
    and: instant.meta({ description: 'The later one' }),
    data: z
      .array(z.object({ kind, subject: z.string(), field: z.string(), before: side, after: side }))
      .meta({ description: 'Every setting of the workspace, and of members, teams and everything else what differs' }),
    hasMore: z.boolean().meta({ description: 'More differs than can be shown: choose moments that are nearer' }),
  })
  .meta({
    id: 'ConfigurationComparison',
    example: { at: '2026-11-10T00:00:00.000Z', and: '2026-11-20T00:00:00.000Z', data: [example], hasMore: false },
  });
export type ConfigurationComparison = z.infer<typeof ConfigurationComparisonSchema>;

export const CompareConfigurationQuery = z.strictObject({
  at: instant.meta({ description: 'One moment' }),
  and: instant.meta({ description: 'The other one' }),
});
export type CompareConfigurationQuery = z.infer<typeof CompareConfigurationQuery>;
