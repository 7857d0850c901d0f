import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pg from 'pg';
import { startTemporaryServices } from '../services/temporary-services.mjs';

const BUILD = new URL('../../dist/apps/worker/libs/infrastructure/', import.meta.url);
const EVENTS = 200_000;
const AT_ONCE = 5_000;
const STREAMS = 20_000;
const WORKSPACES = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002'];
const ZEROS = '0'.repeat(64);

/** Events with right chains, as the codec makes them: every third has an envelope of 200 to 2,000 characters, all about 550 bytes of metadata. */
function* chainedEvents() {
  const ends = new Map();
  for (let number = 0; number < EVENTS; number += 1) {
    const index = (number * 7_919) % STREAMS;
    const workspaceId = WORKSPACES[index % WORKSPACES.length];
    const stream = `ticket-${workspaceId.replaceAll('-', '')}_${String(index).padStart(32, '0')}`;
    const { revision, hash: previousHash } = ends.get(stream) ?? { revision: -1, hash: ZEROS };
    const ciphertext = randomBytes(number % 3 === 0 ? 150 + (number % 1_200) : 0).toString('base64url');
    const data = JSON.stringify(
      number % 3 === 0 ? { body: { ciphertext, keyId: stream, nonce: 'AAAAAAAAAAAAAAAA' } } : { priority: 'high' },
    );
    const id = randomUUID();
    const rest = {
      actor: `member:${workspaceId}`,
      cause: 'command:SendPublicReply',
      commandId: randomUUID(),
      correlationId: randomUUID(),
    };
    const at = '2026-11-20T10:00:00.000Z';
    const later = { occurredAt: at, previousHash, recordedAt: at, requestId: id, v: '1', workspaceId };
    const event = {
      data,
      id,
      metadata: { ...rest, ...later },
      revision: revision + 1,
      stream,
      type: 'PublicReplySent',
    };
    const covered = `{"data":${data},"id":"${id}","metadata":${JSON.stringify(event.metadata)},"revision":${event.revision},"stream":"${stream}","type":"${event.type}"}`;
    const hash = createHash('sha256').update(`ledgerdesk:event:v1\n${covered}`).digest('hex');
    ends.set(stream, { revision: event.revision, hash });
    yield { ...event, position: number + 1, workspaceId, metadata: JSON.stringify({ ...rest, hash, ...later }) };
  }
}

async function fill(url) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  let batch = [];
  const flush = async () => {
    await admin.query(
      `insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
       select position, stream, revision, id, "workspaceId", type, data, metadata from json_to_recordset($1::json)
       as r (position bigint, stream text, revision int, id uuid, "workspaceId" uuid, type text, data text, metadata text)`,
      [JSON.stringify(batch)],
    );
    batch = [];
  };
  for (const event of chainedEvents()) if (batch.push(event) === AT_ONCE) await flush();
  await admin.query('vacuum analyze events');
  await admin.end();
}

const rateOf = async (work) => {
  const began = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: EVENTS / ((performance.now() - began) / 1_000), ownSeconds: (user + system) / 1_000_000 };
};

/** Seals and verifies 200,000 events on services of its own. @returns rates per second, and seconds of this process's processor time */
export async function measureProof(log = console.log) {
  const { PostgresEventStore, WorkspaceConnections, ledgerMigrations } = await import(
    new URL('event-store/index.js', BUILD)
  );
  const { migrate, projectConnections, projectionMigrations, roleUrl } = await import(
    new URL('read-store/index.js', BUILD)
  );
  const { proofMigrations, Sealer, verifyLedger } = await import(new URL('proof/index.js', BUILD));
  const services = await startTemporaryServices({ name: 'bench' });
  try {
    const installationKey = randomBytes(32);
    const migrations = [...ledgerMigrations, ...projectionMigrations, ...proofMigrations];
    await migrate({ databaseUrl: services.postgresUrl, installationKey, migrations });
    await fill(services.postgresUrl);
    const appUrl = roleUrl(services.postgresUrl, installationKey, 'ld_app');
    const projectUrl = roleUrl(services.postgresUrl, installationKey, 'ld_project');
    const streams = new WorkspaceConnections({ url: appUrl });
    const store = new PostgresEventStore({ appUrl, projectUrl, connections: streams });
    const connections = projectConnections(projectUrl);
    const sealer = new Sealer({ store, connections, installationKey, interval: 60 });
    const seal = await rateOf(() => sealer.seal({ now: true }));
    const verify = await rateOf(async () => {
      const verdict = await verifyLedger({ store, connections, trust: { installationKey } });
      if (verdict.finding || verdict.events !== EVENTS || verdict.unsealed > 0)
        throw new Error(JSON.stringify(verdict));
    });
    const { rss } = process.memoryUsage();
    for (const [what, { perSecond, ownSeconds }] of Object.entries({ seal, verify }))
      log(`${what}: ${Math.round(perSecond)} events/s (own processor time ${ownSeconds.toFixed(2)} s for ${EVENTS})`);
    log(`memory ${Math.round(rss / 1024 ** 2)} MB, ${availableParallelism()} cores`);
    await Promise.all([store.close(), connections.close(), streams.close()]);
    return { seal, verify };
  } finally {
    await services.stop();
  }
}

if (import.meta.main) await measureProof();
