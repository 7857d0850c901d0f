import type { Log } from '@ledgerdesk/logging';
import type { RunnerAlarms } from '@ledgerdesk/read-store';

/** Alarms of the runners as lines of the log: an event put aside needs a person, an outage ends by itself. */
export function alarms(log: Log): RunnerAlarms {
  return {
    eventParked(parked) {
      log.error(parked, 'an event was put aside: correct the projection, then run "ledgerdesk replay-parked"');
    },
    runnerFailing({ consumer, error }) {
      log.warn({ consumer, err: error }, 'a runner pauses and tries again');
    },
  };
}
