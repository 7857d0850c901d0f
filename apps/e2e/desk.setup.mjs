import { rmSync } from 'node:fs';
import { freePort } from '../../tools/services/free-port.mjs';
import { checkout } from '../../tools/services/places.mjs';
import { temporaryFolder } from '../../tools/services/temporary-services.mjs';
import { build, outdated } from '../../tools/start/build.mjs';
import { startDesk } from '../../tools/start/desk.mjs';
import { environmentOf } from '../../tools/start/environment.mjs';
import { explain } from '../../tools/start/explain.mjs';
import { runningDesk } from '../../tools/start/lock.mjs';
import { readSettings } from '../../tools/start/settings.mjs';

/**
 * Starts the built desk with its demo workspaces, as `npm start` does. While journeys are being written, `E2E_DATA` names the data
 * folder of a desk that runs already; that one is used, and left as it is.
 */
export default async function startDeskForJourneys() {
  globalThis.stopDesk = async () => undefined;
  const known = process.env.E2E_DATA;
  if (known !== undefined && runningDesk(known) !== undefined) {
    tellJourneys(known, environmentOf(known, readSettings(known)));
    return;
  }
  for (const target of outdated(checkout)) await build(checkout, target);
  const dataFolder = temporaryFolder('journeys');
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => ending.abort());
  try {
    const desk = await startDesk(
      { dataFolder, port: await freePort() },
      { step: (_, work) => work(), signal: ending.signal },
    );
    tellJourneys(dataFolder, desk.environment);
    globalThis.stopDesk = async () => {
      await desk.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    };
    ending.signal.addEventListener('abort', () => void globalThis.stopDesk().then(() => process.exit(130)));
  } catch (error) {
    throw new Error(explain(error, dataFolder), { cause: error });
  }
}

function tellJourneys(dataFolder, { PUBLIC_URL, DATABASE_URL, REDIS_URL }) {
  Object.assign(process.env, {
    E2E_URL: PUBLIC_URL,
    E2E_DATABASE_URL: DATABASE_URL,
    E2E_REDIS_URL: REDIS_URL,
    E2E_DATA: dataFolder,
  });
}
