import { rmSync } from 'node:fs';
import { freePort } from '../../tools/services/free-port.mjs';
import { checkout } from '../../tools/services/places.mjs';
import { temporaryFolder } from '../../tools/services/temporary-services.mjs';
import { build, outdated } from '../../tools/start/build.mjs';
import { startDesk } from '../../tools/start/desk.mjs';
import { explain } from '../../tools/start/explain.mjs';

/** Starts the built desk with its demo workspaces, as `npm start` does. */
export default async function startDeskForJourneys() {
  for (const target of outdated(checkout)) await build(checkout, target);
  const dataFolder = temporaryFolder('journeys');
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => ending.abort());
  try {
    const desk = await startDesk(
      { dataFolder, port: await freePort() },
      { step: (_, work) => work(), signal: ending.signal },
    );
    process.env.E2E_URL = desk.url;
    process.env.E2E_DATABASE_URL = desk.environment.DATABASE_URL;
    process.env.E2E_DATA = dataFolder;
    globalThis.stopDesk = async () => {
      await desk.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    };
    ending.signal.addEventListener('abort', () => void globalThis.stopDesk().then(() => process.exit(130)));
  } catch (error) {
    throw new Error(explain(error, dataFolder), { cause: error });
  }
}
