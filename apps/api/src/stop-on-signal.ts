import type { INestApplication } from '@nestjs/common';
import type { Log } from '@ledgerdesk/logging';

/** Orchestrators kill after 30 seconds; what is not finished by then is cut off in order. */
const LONGEST_SHUTDOWN = 25_000;

/** On SIGTERM or SIGINT: take nothing new, finish what is in flight, close everything, end. */
export function stopOnSignal(app: INestApplication, log: Log): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const cut = setTimeout(() => {
      log.error({ signal }, 'did not stop in time');
      log.flush();
      process.exit(1);
    }, LONGEST_SHUTDOWN);
    cut.unref();
    app.close().then(
      () => {
        clearTimeout(cut);
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        log.flush();
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
