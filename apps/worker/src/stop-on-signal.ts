import type { INestApplicationContext } from '@nestjs/common';
import type { Log } from '@ledgerdesk/logging';

/** Orchestrators kill after 30 seconds; what is not finished by then begins again elsewhere, and loses nothing. */
const LONGEST_SHUTDOWN = 25_000;

/** On SIGTERM or SIGINT: take no new jobs, finish the page in hand, close everything, end. */
export function stopOnSignal(app: INestApplicationContext, log: Log): void {
  let stopping = false;
  const end = (code: number): void => {
    log.flush();
    process.exit(code);
  };
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error({ signal }, 'did not stop in time');
      end(1);
    }, LONGEST_SHUTDOWN).unref();
    app.close().then(
      () => {
        end(0);
      },
      (err: unknown) => {
        log.error({ err }, 'did not stop cleanly');
        end(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
