import { fault, within } from './fault.mjs';

const APIS = ['api-a', 'api-b'];
const LONGEST_END_MS = 25_000;
/** Five seconds of a lease; more only when the other worker is just starting on a busy machine. */
const LONGEST_TAKEOVER_MS = 30_000;
const MINUTES_MS = 60_000;

const otherApi = (name) => APIS.find((other) => other !== name);

export const killed = fault(
  'L1 L2 a killed process loses nothing that was answered and does nothing twice',
  'kill',
  async ({ desk, random, pause }) => {
    const victims = random.shuffled(desk.programs).slice(0, 2);
    for (const victim of victims) {
      await pause(random.between(50, 600));
      await victim.kill();
    }
    return `killed ${victims.map(({ name }) => name).join(', ')}`;
  },
);

export const uncaughtError = fault(
  'L15 a process with an error that nobody catches says so and is started again; the other goes on',
  'error',
  async ({ desk, random, found, mustHear, pointsOver }) => {
    const victims = [random.pick(desk.ofKind('api')), random.pick(desk.ofKind('worker'))];
    await pointsOver;
    const other = desk.named(otherApi(victims[0].name));
    await other.ready();
    const from = Date.now();
    const ends = await Promise.all(victims.map((victim) => victim.breakDown()));
    await Promise.all(victims.map((victim) => victim.ready()));
    ends.forEach(({ how, lastWords }, index) => {
      const { name } = victims[index];
      if (how !== 'code 1') found('processes-stay', `${name} ended with ${how}`);
      if (!/"level":"error".*planted: nobody catches this/.test(lastWords))
        found('errors-are-said', `${name} did not say why it ended: ${lastWords}`);
    });
    mustHear({
      what: `while ${victims[0].name} was started again`,
      assertion: 'others-go-on',
      from,
      to: Date.now(),
      nodes: [other.name],
      least: 3,
    });
    return `${victims.map(({ name }) => name).join(' and ')} met an error that nobody caught`;
  },
);

export const wrongClock = fault(
  'L3 L9 a node whose clock is wrong agrees with the others; one that is asked to stop does, and starts with it',
  'clock',
  async ({ desk, random, pause, found, mustHear, pointsOver }) => {
    const victims = [random.pick(desk.ofKind('api')), random.pick(desk.ofKind('worker'))];
    const shift = random.pick([-2, 2, -60, 60]) * MINUTES_MS;
    for (const victim of victims) victim.setClock(shift);
    await pause(600);
    // Nothing else may end them now. Two workers can die at one point, so each is asked as soon as it is up itself.
    await pointsOver;
    const ends = await Promise.all(victims.map((victim) => victim.stop()));
    ends.forEach(({ how, reached, ms }, index) => {
      const { name } = victims[index];
      if (how !== 'code 0' && reached === undefined)
        found('stops-when-asked', `${name} ended with ${how} after SIGTERM`);
      if (ms > LONGEST_END_MS) found('stops-when-asked', `${name} took more than 25 seconds`);
    });
    await Promise.all(victims.map((victim) => victim.ready()));
    const from = Date.now();
    await pause(1_500);
    mustHear({
      what: `${victims[0].name} with a wrong clock`,
      assertion: 'others-go-on',
      from,
      to: Date.now(),
      nodes: [victims[0].name],
      least: 1,
    });
    for (const victim of victims) victim.setClock(0);
    return `clocks of ${victims.map(({ name }) => name).join(', ')} ${shift / MINUTES_MS} min, stopped by SIGTERM, started again`;
  },
);

export const stoppedAppender = fault(
  'L10 an api that stands still holds up nobody else',
  'stopped appender',
  async ({ desk, random, pause, mustHear, pointsOver }) => {
    const victim = random.pick(desk.ofKind('api'));
    const ms = random.between(1_500, 2_500);
    // Somebody has to be there who can go on.
    await pointsOver;
    await desk.named(otherApi(victim.name)).ready();
    victim.signal('SIGSTOP');
    const from = Date.now();
    await pause(ms);
    mustHear({
      what: `while ${victim.name} stood still`,
      assertion: 'others-go-on',
      from,
      to: Date.now(),
      nodes: [otherApi(victim.name)],
      least: 1,
    });
    victim.signal('SIGCONT');
    return `${victim.name} stood still for ${ms} ms`;
  },
);

export const stoppedProjector = fault(
  'K8 L10 a worker that stands still loses its read models to the other, and commits nothing afterwards',
  'stopped projector',
  async ({ desk, sql, pause, found }) => {
    await Promise.all(desk.ofKind('worker').map((worker) => worker.ready()));
    const ownerOf = async () => (await sql(`select owner from ledger_checkpoint where name = 'inbox'`))[0]?.owner;
    const holder = await within(LONGEST_TAKEOVER_MS, () => holderOf(desk, 'inbox'), pause);
    if (holder === undefined) {
      found('others-go-on', 'no worker runs the inbox');
      return 'nobody to stop';
    }
    const owner = await ownerOf();
    holder.signal('SIGSTOP');
    const began = Date.now();
    const taken = await within(LONGEST_TAKEOVER_MS, async () => ![owner, null].includes(await ownerOf()), pause);
    if (!taken) found('others-go-on', `nobody took the inbox over from ${holder.name}`);
    await pause(200);
    holder.signal('SIGCONT');
    return `${holder.name} stood still; the inbox changed hands after ${Date.now() - began} ms`;
  },
);

async function holderOf(desk, name) {
  for (const worker of desk.ofKind('worker')) if ((await worker.holds()).includes(name)) return worker;
  return undefined;
}
