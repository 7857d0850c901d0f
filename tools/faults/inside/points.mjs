/**
 * Places in the code where a process can be made to die, by what has just happened there. Each names a method of the build; when a
 * method is renamed, or nobody passes it any more, the harness turns red and this list has to follow.
 * @typedef {{ name: string, id: string, in: 'api' | 'worker', module: string, of: string, method: string,
 *   when: 'before' | 'after' | 'during', rare?: true, store?: string }} Point `rare`: passed a few times per round and not hundreds of times;
 *   `store`: only where the ledger is in this one
 */
const eventStore = 'libs/infrastructure/event-store';
const idempotency = 'libs/infrastructure/http/idempotency/idempotency-table.js';
const appends = [
  {
    store: 'postgres',
    module: `${eventStore}/postgres/append-connection.js`,
    of: 'AppendConnection',
    method: 'append',
  },
  {
    store: 'eventstoredb',
    module: `${eventStore}/eventstoredb/eventstoredb-event-store.js`,
    of: 'EventStoreDbEventStore',
    method: 'appendOnce',
  },
];
const projections = 'libs/infrastructure/read-store/projections';
const consumer = { module: `${projections}/projection-consumer.js`, of: 'ProjectionConsumer' };
const queue = { module: 'libs/infrastructure/jobs/effect-queue.js', of: 'EffectQueue', method: 'enqueue' };
const performer = { module: 'libs/infrastructure/jobs/effect-performer.js', of: 'EffectPerformer', method: 'issue' };

/** @type {readonly Point[]} */
const api = [
  {
    name: 'request begun',
    id: 'K3',
    module: idempotency,
    of: 'IdempotencyTable',
    method: 'take',
    when: 'after',
  },
  {
    name: 'person key made',
    id: 'L1',
    module: `${eventStore}/keys/key-table.js`,
    of: 'KeyTable',
    method: 'findOrInsert',
    when: 'after',
    rare: true,
  },
  {
    name: 'customer registered, ticket not opened',
    id: 'K10',
    module: 'libs/contexts/customers/commands/requesters.js',
    of: 'Requesters',
    method: 'of',
    when: 'after',
  },
  {
    name: 'ticket number drawn',
    id: 'K10',
    module: 'libs/contexts/tickets/commands/ticket-numbers.js',
    of: 'TicketNumbers',
    method: 'next',
    when: 'after',
  },
  ...appends.flatMap((append) => [
    { name: 'before append', id: 'L1', ...append, when: 'before' },
    { name: 'append under way', id: 'L1', ...append, when: 'during' },
    { name: 'committed, not answered', id: 'L1', ...append, when: 'after' },
  ]),
  {
    name: 'answered, answer not stored',
    id: 'K3',
    module: idempotency,
    of: 'IdempotencyTable',
    method: 'answer',
    when: 'before',
  },
];

/** @type {readonly Point[]} */
const worker = [
  {
    name: 'checkpoint claimed',
    id: 'K8',
    module: `${projections}/consumer-runner.js`,
    of: 'ConsumerRunner',
    method: 'claim',
    when: 'after',
  },
  { name: 'checkpoint moved, rows not written', id: 'K7', ...consumer, method: 'apply', when: 'before' },
  { name: 'rows written, not committed', id: 'K7', ...consumer, method: 'apply', when: 'after' },
  { name: 'page committed', id: 'K7', ...consumer, method: 'settled', when: 'before' },
  {
    name: 'effect planned, not committed',
    id: 'L2',
    module: 'libs/infrastructure/jobs/reaction-consumer.js',
    of: 'ReactionConsumer',
    method: 'apply',
    when: 'after',
    rare: true,
  },
  { name: 'effects due, not queued', id: 'L2', ...queue, when: 'before', rare: true },
  { name: 'job added', id: 'L2', ...queue, when: 'after', rare: true },
  { name: 'effect begun, command not issued', id: 'L2', ...performer, when: 'before', rare: true },
  { name: 'command appended, effect not ticked off', id: 'L2', ...performer, when: 'after', rare: true },
];

const points = [
  ...api.map((point) => ({ ...point, in: 'api' })),
  ...worker.map((point) => ({ ...point, in: 'worker' })),
];

/** The points of a desk whose ledger is in this store. */
export const pointsWith = (store) => points.filter((point) => point.store === undefined || point.store === store);
