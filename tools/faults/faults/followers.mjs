import { fault, within } from './fault.mjs';

const APIS = ['api-a', 'api-b'];
/** What some thousand more requests leave in caches. */
const MOST_GROWTH_BYTES = 32 * 1024 ** 2;
/** What the system may hold for a connection that nobody reads from, and what the desk may keep for it. */
const MOST_SENT_BYTES = 8 * 1024 ** 2;
const LONG_NOTES = 110;

export const poison = fault(
  'L11 an event that one read model can not take is put aside; everything else goes on, and it is applied after the fix',
  'poison',
  async ({ desk, checker, sql, random, round, pause, found, mustHear }) => {
    const projection = random.pick(['inbox', 'timeline', 'ticket_search']);
    const op = `r${round}-poison`;
    for (const worker of desk.ofKind('worker')) worker.setPoison({ projection, request: op });
    const from = Date.now();
    await checker.order('open', { op });
    // A read model is put aside for by the name of its table, `inbox_v2`.
    const parked = () => sql(`select 1 from parked_event where consumer ~ ('^' || $1 || '(_v\\d+)?$')`, [projection]);
    if (!(await within(15_000, async () => (await parked()).length > 0, pause)))
      found('point-reached', 'nothing was put aside');
    const others = await sql(
      `select distinct consumer from parked_event where consumer !~ ('^' || $1 || '(_v\\d+)?$')`,
      [projection],
    );
    if (others.length > 0) found('others-go-on', `also ${others[0].consumer} put something aside`);
    mustHear({
      what: 'while an event was put aside',
      assertion: 'others-go-on',
      from,
      to: Date.now(),
      nodes: APIS,
      least: 3,
    });
    for (const worker of desk.ofKind('worker')) worker.setPoison(undefined);
    await desk.command('replay-parked');
    if ((await parked()).length > 0)
      found('nothing-parked', `${projection} still has events put aside after the replay`);
    return `an event was poison for ${projection}`;
  },
);

export const slowListener = fault(
  'J8 listeners who do not listen are cut off before they fill the memory',
  'slow',
  async ({ desk, checker, random, pause, found, pointsOver }) => {
    const victim = random.pick(desk.ofKind('api'));
    await pointsOver;
    await victim.ready();
    const liveBytes = () =>
      within(
        10_000,
        async () => {
          const bytes = await victim.liveBytes();
          return Number.isInteger(bytes) ? bytes : undefined;
        },
        pause,
      );
    const before = await liveBytes();
    const { cut, of, bytes } = await checker.order('listenSlowly', { node: victim.name, notes: LONG_NOTES });
    const grown = (await liveBytes()) - before;
    if (cut < of) found('memory-bounded', `${of - cut} of ${of} listeners were never cut off`);
    if (bytes > MOST_SENT_BYTES) found('memory-bounded', `${bytes} bytes were kept for a listener`);
    if (!(grown <= MOST_GROWTH_BYTES))
      found('memory-bounded', `${victim.name} grew by ${Math.round(grown / 1024 ** 2)} MB`);
    return `${of} listeners of ${victim.name} read nothing; it grew by ${Math.round(grown / 1024 ** 2)} MB`;
  },
);
