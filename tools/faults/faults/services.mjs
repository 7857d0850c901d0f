import { fault, within } from './fault.mjs';

const APIS = ['api-a', 'api-b'];
/** Until an api appends something, or needs space; it may just be starting. */
const LONGEST_WAY_MS = 15_000;
/** An api holds some twenty connections; each may be lost and made again. */
const MOST_CONNECTIONS = 60;

export const lostRedis = fault(
  'L4 without Redis commands are accepted, and what it held comes back',
  'redis',
  async ({ desk, random, pause, mustHear }) => {
    const way = random.pick(['killed', 'flushed', 'stood still']);
    const ms = way === 'flushed' ? 600 : random.between(800, 2_500);
    const from = Date.now();
    if (way === 'killed') await desk.redis.kill();
    else if (way === 'flushed') await desk.redis.flush();
    else desk.redis.pause();
    await pause(ms);
    mustHear({
      what: `while Redis was ${way}`,
      assertion: 'others-go-on',
      from,
      to: Date.now(),
      nodes: APIS,
      least: 1,
    });
    desk.redis.resume();
    await desk.redis.start();
    return `Redis ${way} for ${ms} ms`;
  },
);

export const killedPostgres = fault(
  'L5 Postgres that is killed loses nothing that was answered; meanwhile the desk says when to try again',
  'postgres',
  async ({ desk, random, pause }) => {
    const times = random.between(1, 2);
    for (let time = 0; time < times; time += 1) {
      await desk.postgres.kill();
      await pause(random.between(100, 900));
      await desk.postgres.start();
      await pause(random.between(300, 900));
    }
    return `Postgres killed ${times} times`;
  },
);

export const fullDisk = fault(
  'L7 a full disk is said, corrupts nothing, and is forgotten when there is space again',
  'disk',
  async ({ desk, random, lines, pause, found }) => {
    const from = Date.now();
    const isSaid = () => lines().some(({ at, status }) => at >= from && status === 503);
    desk.disk.fill();
    // Tables have room left in pages that are there, so it takes a while until somebody needs a new one.
    if (!(await within(LONGEST_WAY_MS, isSaid, pause))) found('point-reached', 'nobody was told of the full disk');
    await pause(random.between(300, 1_200));
    desk.disk.free();
    await desk.postgres.start();
    return `disk full for ${Date.now() - from} ms`;
  },
  { needs: 'disk' },
);

export const slowWay = fault(
  'L14 a slow and lossy way to Postgres makes answers late, not endless; nobody storms it, and the other api does not notice',
  'slow way',
  async ({ desk, random, pause, found, mustHear, pointsOver }) => {
    const [name, other] = random.shuffled(APIS);
    const gate = desk.gates[name];
    await pointsOver;
    await Promise.all([name, other].map((each) => desk.named(each).ready()));
    const before = gate.accepted();
    const from = Date.now();
    gate.slow({ milliseconds: 200, isLost: () => random.chance(0.01) });
    await pause(random.between(3_000, 5_000));
    const to = Date.now();
    const again = gate.accepted() - before;
    gate.open();
    if (again > MOST_CONNECTIONS) found('no-storm', `${name} connected ${again} times in ${to - from} ms`);
    mustHear({ what: `${name} on a slow way`, assertion: 'others-go-on', from, to, nodes: [name], least: 1 });
    mustHear({ what: `beside ${name} on a slow way`, assertion: 'others-go-on', from, to, nodes: [other], least: 5 });
    return `${name} had answers of Postgres 200 ms late for ${to - from} ms, some lost; it connected ${again} times again`;
  },
  { needs: 'postgres' },
);

export const cutAppend = fault(
  'L6 an append whose connection is cut, before it arrived or before its answer, is there once or not at all',
  'cut',
  async ({ desk, random, pause, found }) => {
    const name = random.pick(APIS);
    const gate = desk.gates[name];
    const done = [];
    for (let time = 0; time < 3; time += 1) {
      await desk.named(name).ready();
      const losses = random.pick([
        ['answer'],
        ['answer', 'answer'],
        ['request', 'answer'],
        ['answer', 'request'],
        ['request', 'request'],
      ]);
      const cut = await Promise.race([gate.cutAppends(losses).then(() => true), pause(LONGEST_WAY_MS)]);
      if (!cut) found('point-reached', `${name} appended nothing that could be cut`);
      gate.forget();
      done.push(losses.join(' and '));
      await pause(random.between(50, 300));
    }
    if (random.chance(0.5)) {
      gate.shut();
      await pause(random.between(200, 700));
      gate.open();
      done.push('all connections for a while');
    }
    return `${name} lost ${done.join(', ')}`;
  },
  { needs: 'postgres' },
);
