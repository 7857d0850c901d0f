import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../services/free-port.mjs';
import { temporaryFolder } from '../../services/temporary-services.mjs';
import { isHealthy, makeDatabase, runDeskCommand } from '../../start/desk-steps.mjs';
import { environmentOf } from './environment.mjs';
import { gate } from './gate.mjs';
import { loopbackEventStore } from './loopback.mjs';
import { killablePostgres, killableRedis } from './services.mjs';
import { smallDisk } from './small-disk.mjs';
import { supervise } from './supervise.mjs';

/** Two tenants, so that nothing rests on there being one. */
const WORKSPACES = ['alpha', 'beta'];

/**
 * The whole desk as an operator runs it who needs more than one of each: the build in production mode, two apis, two workers, with
 * a Postgres and a Redis of their own. Each api reaches Postgres through a gate that can be cut.
 * @param {{ store: 'postgres' | 'eventstoredb', plant?: import('../plants/plants.mjs').Plant }} options `store` holds the ledger
 */
export async function startDesk({ store, plant }) {
  const folder = temporaryFolder('faults');
  mkdirSync(join(folder, 'logs'), { mode: 0o711 });
  const disk = smallDisk(join(folder, 'disk'));
  const password = randomBytes(24).toString('base64url');
  const postgres = await killablePostgres({ folder, dataFolder: join(folder, 'disk', 'postgres'), password });
  const redis = await killableRedis({ folder, dataFolder: join(folder, 'redis'), password });
  const gates = { 'api-a': await gate(postgres.port), 'api-b': await gate(postgres.port) };
  const ports = { 'api-a': await freePort(), 'api-b': await freePort() };
  const secrets = { password, ownerPassword: randomBytes(24).toString('base64url') };
  const eventStore = store === 'eventstoredb' ? await loopbackEventStore(folder) : undefined;
  const env = environmentOf({ folder, postgres, redis, eventStore, publicPort: ports['api-a'] });
  const programs = [];
  const mayFail = (since) =>
    !postgres.isUp() ||
    [postgres, disk, eventStore, ...Object.values(gates)].some((each) => each && each.lastTrouble() >= since);

  const desk = {
    folder,
    postgres,
    redis,
    eventStore,
    disk,
    gates,
    environment: env,
    ownerPassword: secrets.ownerPassword,
    owners: WORKSPACES.map((slug) => `owner@${slug}.example`),
    urls: Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}`])),
    programs,
    named: (name) => programs.find((program) => program.name === name),
    ofKind: (kind) => programs.filter((program) => program.kind === kind),
    command: (...args) => runDeskCommand(env, args),
    /** Everything that was broken is mended: after this the desk is as it should be. */
    async heal() {
      disk.free();
      for (const each of Object.values(gates)) {
        each.forget();
        each.open();
      }
      redis.resume();
      await eventStore?.disturb('recover');
      for (const program of programs) {
        program.arm(undefined);
        program.setPoison(undefined);
        program.setClock(0);
        program.signal('SIGCONT');
      }
      await Promise.all([postgres.start(), redis.start()]);
      await Promise.all(programs.map((program) => program.ready()));
    },
    async stop() {
      await Promise.all(programs.map((program) => program.end()));
      await Promise.all([
        postgres.stop(),
        redis.stop(),
        eventStore?.stop(),
        ...Object.values(gates).map((each) => each.close()),
      ]);
    },
    /** Ends everything at once and leaves the folder: for a harness that is ended itself. */
    abandon() {
      for (const part of [...programs, postgres, redis, eventStore]) part?.abandon();
      disk.remove();
    },
    remove() {
      disk.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  await postgres.initialise();
  await redis.start();
  await makeDatabase(postgres.url(), 'ledgerdesk');
  await desk.command('migrate');
  await makeWorkspaces(desk);
  for (const name of ['api-a', 'api-b']) {
    const port = String(ports[name]);
    const database = env.DATABASE_URL.replace(`:${postgres.port}/`, `:${gates[name].port}/`);
    programs.push(
      supervise({
        name,
        kind: 'api',
        folder,
        store,
        plant: plant?.name,
        env: { ...env, PORT: port, DATABASE_URL: database },
        mayFail,
        isAnswering: () => isHealthy(port),
      }),
    );
  }
  for (const name of ['worker-a', 'worker-b']) {
    programs.push(
      supervise({
        name,
        kind: 'worker',
        folder,
        store,
        plant: plant?.name,
        env,
        mayFail,
      }),
    );
  }
  await desk.heal();
  return desk;
}

async function makeWorkspaces(desk) {
  const file = join(desk.folder, 'owner.password');
  writeFileSync(file, `${desk.ownerPassword}\n`, { mode: 0o600 });
  for (const [index, slug] of WORKSPACES.entries()) {
    const email = desk.owners[index];
    await desk.command('create-workspace', '--name', slug, '--slug', slug, '--email', email, '--password-file', file);
  }
}
