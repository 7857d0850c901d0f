import pg from 'pg';
import { startDesk } from '../start/desk.mjs';
import { freePort } from '../services/free-port.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { rmSync } from 'node:fs';
import { load } from './load.mjs';
import { openingRequests } from './open-tickets.bench.mjs';
import { paced } from './paced.mjs';
import { percentiles } from './percentiles.mjs';
import { session } from './session.mjs';

export const name = 'tenants';
export const order = 45;

const ROUNDS = 400;
const FEWEST = 5_000;
/** Requests of a workspace within any minute. */
const QUOTA = 1_200;
const TIMES = 10;
const SECONDS = 10;
/** Requests of the noisy workspace per second. */
const RATE = (QUOTA / 60) * TIMES;

/** What it costs that workspaces share one desk: the policies of their rows, and a neighbour who asks too much. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure({ desk }) {
  return [...(await policies(desk)), ...(await neighbours())];
}

/** The inbox query as the role of the desk, under row level security, and as a superuser, for whom there is none. In turns, by the server's own clock. */
async function policies(desk) {
  const { base, authorization, call } = await session(desk.url);
  const { id: workspaceId } = (await (await call('/me')).json()).workspace;
  const bypassing = new pg.Client({ connectionString: desk.environment.DATABASE_URL });
  const confined = new pg.Client({ connectionString: desk.environment.DATABASE_URL });
  await Promise.all([bypassing.connect(), confined.connect()]);
  try {
    const { rows } = await bypassing.query('select count(*)::integer as tickets from inbox where workspace_id = $1', [
      workspaceId,
    ]);
    const missing = FEWEST - rows[0].tickets;
    if (missing > 0)
      await load({ base, authorization, connections: 16, amount: missing, request: openingRequests(45) });
    await confined.query('set role ld_app');
    await confined.query("select set_config('ld.workspace', $1, false)", [workspaceId]);
    const times = { confined: [], bypassing: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.confined.push(await executed(confined, workspaceId));
      times.bypassing.push(await executed(bypassing, workspaceId));
    }
    const [under, without] = [percentiles(times.confined).p50, percentiles(times.bypassing).p50];
    return [
      { what: 'inbox query without row level security, p50 of the server', value: without, unit: 'ms', better: 'less' },
      {
        what: 'row level security in the inbox query',
        value: (100 * (under - without)) / without,
        unit: '%',
        better: 'less',
        goal: 15,
        note: `${under.toFixed(3)} ms with it; planning is done once per connection`,
      },
    ];
  } finally {
    await Promise.all([bypassing.end(), confined.end()]);
  }
}

/** As the list asks, with what it takes to write the rows down for whoever asked. */
async function executed(client, workspaceId) {
  const { rows } = await client.query(
    `explain (analyze, timing off, serialize text, format json)
     select summary from inbox
     where workspace_id = '${workspaceId}' and status not in ('spam', 'trashed', 'merged')
     order by updated_at desc, id desc limit 51`,
  );
  return rows[0]['QUERY PLAN'][0]['Execution Time'];
}

/** A desk with limits: one workspace asks ten times as much as it may, the other works on. */
async function neighbours() {
  const dataFolder = temporaryFolder('bench-tenants');
  const settings = {
    RATE_LIMITS: 'true',
    RATE_LIMIT_WORKSPACE: String(QUOTA),
    RATE_LIMIT_MEMBER: '1000000',
    RATE_LIMIT_ADDRESS: '1000000',
  };
  const before = { ...process.env };
  Object.assign(process.env, settings);
  const quiet = (_what, work) => work();
  try {
    const desk = await startDesk({ dataFolder, port: await freePort() }, { step: quiet });
    try {
      return await besides(desk);
    } finally {
      await desk.stop();
    }
  } finally {
    for (const setting of Object.keys(settings)) {
      if (before[setting] === undefined) delete process.env[setting];
      else process.env[setting] = before[setting];
    }
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function besides(desk) {
  const [calm, noisy] = [await session(desk.url), await session(desk.url, 'owner@globex.test')];
  // Below the quota, so that no page of the calm workspace is refused.
  const pages = (seconds) =>
    paced({ ...calm, rate: QUOTA / 60 / 4, seconds, request: () => ({ path: '/api/v1/tickets?limit=50' }) });
  await pages(3);
  const idle = await pages(SECONDS);
  const noise = startNoise(noisy);
  const taking = await pages((QUOTA / RATE) * 0.8);
  await noise.refusedFirst;
  const during = await pages(SECONDS);
  const { taken, refused } = await noise.stop();
  const what = `inbox page beside a workspace that asks ${TIMES} times its quota`;
  return [
    { what: 'inbox page alone, p95', value: idle.p95, unit: 'ms', better: 'less' },
    {
      what: `${what}, p95`,
      value: during.p95,
      unit: 'ms',
      better: 'less',
      goal: 1.5 * idle.p95,
      note: `${taken} of its requests were taken, ${refused} refused; the quota was ${QUOTA} a minute`,
    },
    { what: 'the same before its quota is used up, p95', value: taking.p95, unit: 'ms', better: 'less' },
  ];
}

/** Ten times the quota, evenly, whatever the answers are, until it is stopped. */
function startNoise({ base, authorization }) {
  const { promise: refusedFirst, resolve } = Promise.withResolvers();
  const count = { taken: 0, refused: 0 };
  const running = new Set();
  const ask = async () => {
    const answer = await fetch(`${base}/api/v1/tickets?limit=50`, { headers: { authorization } });
    await answer.arrayBuffer();
    if (answer.status === 429) resolve();
    count[answer.status === 429 ? 'refused' : 'taken'] += 1;
  };
  const asking = setInterval(() => {
    const one = ask().finally(() => running.delete(one));
    running.add(one);
  }, 1_000 / RATE);
  return {
    refusedFirst,
    async stop() {
      clearInterval(asking);
      await Promise.all(running);
      return count;
    },
  };
}
