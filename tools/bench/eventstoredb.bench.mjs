import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { binaryEvent, EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import { checkout } from '../services/places.mjs';

export const name = 'EventStoreDB over loopback';
export const order = 15;

const BUILD = new URL('../../dist/apps/worker/libs/infrastructure/', import.meta.url);
const WRITERS = 32;
const APPENDS = 4_000;
const ROUNDS = 3;
const DATA = JSON.stringify({ note: 'x'.repeat(600) });
const METADATA = JSON.stringify({ actor: 'member:alice', v: '1' });
const credentials = { username: 'bench', password: 'bench' };

/**
 * What the adapter adds to the bare client: the same appends and the same read of the log, once through each, against the loopback
 * server in a process of its own. Says nothing about how fast a real EventStoreDB is.
 * @returns {Promise<import('./report.mjs').Figure[]>}
 */
export async function measure() {
  const { openEventStore } = await import(new URL('event-store/index.js', BUILD));
  const server = await startServer();
  const store = await openEventStore({ eventStoreUrl: server.url });
  const client = EventStoreDBClient.connectionString(server.url);
  const appends = { adapter: [], client: [] };
  const reads = { adapter: [], client: [] };
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const prefixes = { adapter: prefix(), client: prefix() };
      const rates = {
        adapter: await perSecond(() => appended(() => throughAdapter(store, prefixes.adapter))),
        client: await perSecond(() => appended(() => throughClient(client, prefixes.client))),
      };
      const readRates = {
        adapter: await perSecond(() => readByAdapter(store, prefixes.adapter)),
        client: await perSecond(() => readByClient(client, prefixes.client)),
      };
      // The first round warms up.
      if (round === 0) continue;
      for (const by of ['adapter', 'client']) {
        appends[by].push(rates[by]);
        reads[by].push(readRates[by]);
      }
    }
  } finally {
    await store.close();
    await client.dispose();
    server.stop();
  }
  return [
    rate('appends/s through the adapter', appends.adapter),
    rate('appends/s of the bare client', appends.client),
    rate('events/s read through the adapter', reads.adapter),
    rate('events/s read by the bare client', reads.client),
  ];
}

const rate = (what, values) => ({ what, value: Math.round(median(values)), unit: '/s', better: 'more' });
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const prefix = () => `ticket-${randomUUID().replaceAll('-', '')}_`;

async function perSecond(work) {
  const began = performance.now();
  await work();
  return APPENDS / ((performance.now() - began) / 1_000);
}

async function appended(append) {
  const writer = async () => {
    for (let count = 0; count < APPENDS / WRITERS; count += 1) await append();
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

const throughAdapter = (store, stream) =>
  store.append(`${stream}${randomUUID()}`, 'no_stream', [
    { id: randomUUID(), type: 'NoteAdded', data: DATA, metadata: METADATA },
  ]);

const throughClient = (client, stream) =>
  client.appendToStream(
    `${stream}${randomUUID()}`,
    [binaryEvent({ type: 'NoteAdded', data: Buffer.from(DATA), metadata: Buffer.from(METADATA) })],
    { expectedRevision: 'no_stream', credentials },
  );

async function readByAdapter(store, stream) {
  let after = '';
  for (let seen = 0; seen < APPENDS;) {
    const page = await store.readAll({ after, prefix: stream, max: 2_000 });
    seen += page.length;
    after = page.at(-1)?.position ?? after;
  }
}

async function readByClient(client, stream) {
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({ prefixes: [stream], maxSearchWindow: 256 }),
  });
  let seen = 0;
  for await (const { event } of subscription) {
    seen += event ? 1 : 0;
    if (seen === APPENDS) break;
  }
}

async function startServer() {
  const child = spawn(process.execPath, [join(checkout, 'libs/testing/eventstoredb/serve.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { url: JSON.parse(line).url, stop: () => child.stdin.end() };
}
