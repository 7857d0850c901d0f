import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkout } from '../../tools/services/places.mjs';
import startDeskForJourneys from './desk.setup.mjs';

/** The desk of the journeys with its ledger in a loopback EventStoreDB, which goes away with it. */
export default async function startDeskOnEventStore() {
  const child = spawn(process.execPath, [join(checkout, 'libs/testing/eventstoredb/serve.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { url, controls } = JSON.parse(line);
  process.env.EVENTSTORE_URL = url;
  process.env.E2E_EVENT_STORE = controls;
  await startDeskForJourneys();
  const { stopDesk } = globalThis;
  globalThis.stopDesk = async () => {
    await stopDesk();
    child.stdin.end();
  };
}
