import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import pg from 'pg';
import { startTemporaryServices } from '../services/temporary-services.mjs';

const BUILD = new URL('../../dist/apps/worker/libs/infrastructure/', import.meta.url);
const SECONDS = 3;
const ROUNDS = 3;
const WORKSPACE = '01930000-0000-7000-8000-000000000001';

/** What the figures must reach: appends of one event through the event store ÷ single-row inserts of the same bytes. */
const GOALS = new Map([
  [1, 0.45],
  [32, 1.2],
]);

/** A generator of numbers in [0, 1) that gives the same ones on every run (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Events as the codec makes them: an envelope of 200 to 2,000 characters and about 600 bytes of metadata. */
function texts() {
  const random = seeded(20261120);
  return Array.from({ length: 500 }, () => {
    const ciphertext = randomBytes(200 + Math.floor(random() * 1_800) + 16).toString('base64url');
    const data = JSON.stringify({ body: { ciphertext, keyId: randomUUID(), nonce: 'AAAAAAAAAAAAAAAA' } });
    const hash = createHash('sha256').update(data).digest('hex');
    const metadata = JSON.stringify({
      actor: `member:${WORKSPACE}`,
      cause: 'command:AddNote',
      hash,
      previousHash: hash,
      v: '1',
    });
    return { data, metadata: metadata.slice(0, -1) + `,"workspaceId":"${WORKSPACE}"}` };
  });
}

/** Operations per second of `writers` that each start the next as soon as the last is done. */
async function rate(writers, operation) {
  const end = performance.now() + SECONDS * 1_000;
  let done = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (performance.now() < end) {
        await operation(writer);
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - started) / 1_000);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function singleRowInserts(url, writers) {
  const clients = Array.from({ length: writers }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const text = `insert into single_row (stream, revision, id, workspace_id, type, data, metadata)
                values ($1, $2, $3, $4, $5, $6, $7)`;
  return {
    insert: (writer, stream, { data, metadata }) =>
      clients[writer].query({
        name: 'insert',
        text,
        values: [stream, 0, randomUUID(), WORKSPACE, 'NoteAdded', data, metadata],
      }),
    close: () => Promise.all(clients.map((client) => client.end())),
  };
}

/** Measures on services of its own; `log` gets the figures line by line. Answers with one row per figure. */
export async function measureAppends(log = console.log) {
  const { ledgerMigrations, PostgresEventStore, streamName, WorkspaceConnections } = await import(
    new URL('event-store/index.js', BUILD)
  );
  const { migrate, roleUrl } = await import(new URL('read-store/index.js', BUILD));
  const services = await startTemporaryServices({ name: 'bench' });
  try {
    const installationKey = randomBytes(32);
    await migrate({ databaseUrl: services.postgresUrl, installationKey, migrations: ledgerMigrations });
    const admin = new pg.Client({ connectionString: services.postgresUrl });
    await admin.connect();
    const { rows } = await admin.query(
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    if (rows[0].fsync !== 'on' || rows[0].commit !== 'on') throw new Error('fsync and synchronous_commit must be on.');
    await admin.query(`create table single_row (position bigserial primary key, stream text not null, revision int not null,
      id uuid not null, workspace_id uuid not null, type text not null, data text not null, metadata text not null)`);
    const appUrl = roleUrl(services.postgresUrl, installationKey, 'ld_app');
    const projectUrl = roleUrl(services.postgresUrl, installationKey, 'ld_project');
    const connections = new WorkspaceConnections({ url: appUrl });
    const store = new PostgresEventStore({ appUrl, projectUrl, connections });
    const events = texts();
    let count = 0;
    const next = () => events[count++ % events.length];
    const stream = () => streamName('ticket', WORKSPACE, v7());
    const append = () => store.append(stream(), 'no_stream', [{ id: randomUUID(), type: 'NoteAdded', ...next() }]);

    const figures = [];
    for (const [writers, goal] of GOALS) {
      const single = await singleRowInserts(services.postgresUrl, writers);
      const insert = (writer) => single.insert(writer, stream(), next());
      await rate(writers, append);
      const appends = [];
      const inserts = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        inserts.push(await rate(writers, insert));
        appends.push(await rate(writers, append));
      }
      await single.close();
      const ratio = median(appends) / median(inserts);
      figures.push({
        figure: `appends ÷ single-row inserts, ${writers} writers`,
        value: Number(ratio.toFixed(2)),
        goal: `≥ ${goal}`,
      });
      log(
        `${writers} writers: ${median(appends).toFixed(0)} appends/s, ${median(inserts).toFixed(0)} inserts/s, ratio ${ratio.toFixed(2)} (goal ≥ ${goal})`,
      );
    }
    await store.close();
    await connections.close();
    await admin.end();
    return figures;
  } finally {
    await services.stop();
  }
}

if (import.meta.main) await measureAppends();
