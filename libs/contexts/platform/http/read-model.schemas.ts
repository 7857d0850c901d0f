import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-20T09:30:00.000Z' });

const COMPARISON = {
  liveRows: 1_204,
  otherRows: 1_204,
  missing: 0,
  surplus: 0,
  different: 0,
  columns: {},
  equal: true,
};
const LIVE = {
  table: 'inbox_v1',
  version: 1,
  state: 'live',
  built: true,
  percent: 100,
  eventsBehind: 0,
  secondsBehind: 0,
  running: true,
  parkedStreams: 0,
  wish: null,
  refusal: null,
  comparison: null,
  since: '2026-11-20T09:30:00.000Z',
} as const;
const BUILDING = {
  ...LIVE,
  table: 'inbox_v1_7',
  state: 'building',
  built: false,
  percent: 43,
  eventsBehind: 70_211,
} as const;
const READ_MODEL = { name: 'inbox', generations: [LIVE, BUILDING] };
const PARKED = {
  table: 'inbox_v1',
  stream: 'ticket-01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a',
  events: 3,
  reason: 'TypeError in apply',
  since: '2026-11-20T09:30:00.000Z',
};

const count = z.int().min(0);

export const ComparisonView = z
  .object({
    liveRows: count,
    otherRows: count,
    missing: count,
    surplus: count,
    different: count.meta({ description: 'Rows that both have, with other values' }),
    columns: z.record(z.string(), count).meta({ description: 'How many rows differ, by column' }),
    equal: z.boolean(),
  })
  .meta({ id: 'ReadModelComparison', example: COMPARISON });
export type ComparisonView = z.infer<typeof ComparisonView>;

export const GenerationView = z
  .object({
    table: z.string(),
    version: z.int(),
    state: z
      .enum(['live', 'building', 'kept'])
      .meta({ description: 'What requests read, what is built beside it, and what was read before' }),
    built: z.boolean().meta({ description: 'It has seen the whole ledger' }),
    percent: count
      .max(100)
      .nullable()
      .meta({ description: 'How much of the ledger it has seen; null where the store can not tell' }),
    eventsBehind: count.nullable(),
    secondsBehind: count.meta({ description: 'How long it has been behind; 0 when it is level' }),
    running: z.boolean().meta({ description: 'A worker brings it forward' }),
    parkedStreams: count.meta({ description: 'Streams of the own workspace that it has put aside' }),
    wish: z.string().nullable().meta({ description: 'What was asked for and is not done yet' }),
    refusal: z.string().nullable().meta({ description: 'Code of the reason why the last wish was not fulfilled' }),
    comparison: ComparisonView.nullable().meta({
      description: 'What tells it from what is read; only where read models are changed in the desk',
    }),
    since: instant.meta({ description: 'When it came into its state' }),
  })
  .meta({ id: 'ReadModelGeneration', example: LIVE });
export type GenerationView = z.infer<typeof GenerationView>;

export const ReadModelView = z
  .object({ name: z.string(), generations: z.array(GenerationView) })
  .meta({ id: 'ReadModel', example: READ_MODEL });
export type ReadModelView = z.infer<typeof ReadModelView>;

export const ParkedStreamView = z
  .object({ table: z.string(), stream: z.string(), events: count, reason: z.string(), since: instant })
  .meta({ id: 'ParkedStream', example: PARKED });
export type ParkedStreamView = z.infer<typeof ParkedStreamView>;

export const ReadModelList = z
  .object({
    data: z.array(ReadModelView),
    parked: z
      .array(ParkedStreamView)
      .max(100)
      .meta({ description: 'Streams of the own workspace, longest parked first' }),
    changedInDesk: z.boolean().meta({ description: 'Whether this installation lets read models be changed here' }),
  })
  .meta({ id: 'ReadModelList', example: { data: [READ_MODEL], parked: [PARKED], changedInDesk: true } });
export type ReadModelList = z.infer<typeof ReadModelList>;

export const CHANGES = ['rebuild', 'rebuild-and-switch', 'compare', 'switch', 'roll-back', 'drop', 'replay'] as const;
export type Change = (typeof CHANGES)[number];

export const ChangeReadModelBody = z
  .strictObject({ change: z.enum(CHANGES).meta({ id: 'ReadModelChange' }) })
  .meta({ id: 'ChangeReadModel', example: { change: 'rebuild-and-switch' } });
export type ChangeReadModelBody = z.infer<typeof ChangeReadModelBody>;
