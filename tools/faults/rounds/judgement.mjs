import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { auditor } from '../judge/ledger.mjs';
import { eventStoreLog, postgresLog } from '../judge/logs.mjs';
import { caughtUp, progressOf } from '../judge/progress.mjs';
import { scheduledReplies } from '../judge/scheduled.mjs';
import { timers } from '../judge/timers.mjs';
import { processWithOrders } from '../orders.mjs';

/** Timers go off a few times per second while tickets wait; between two of them there is time enough for a look. */
const MOST_LOOKS = 20;

/**
 * Everything that looks at the desk from outside, over all rounds.
 * @param {{ folder: string, journalFile: string, environment: Record<string, string> }} options
 */
export function judging({ folder, journalFile, environment }) {
  const url = environment.DATABASE_URL;
  const audit = auditor();
  const alarms = timers();
  const replies = scheduledReplies();
  const reference = processWithOrders({
    script: join(import.meta.dirname, '../judge/reference.mjs'),
    folder,
    name: 'reference',
    env: environment,
  });
  let last;
  let events = [];
  let unfolded = [];
  let journalStart = 0;

  const withClient = async (work) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const log =
    environment.EVENTSTORE_URL === undefined ? postgresLog(withClient) : eventStoreLog(environment.EVENTSTORE_URL);
  const progress = progressOf(url, log.orderOf);
  const read = async () => {
    const { events: added, total } = await log.read(last);
    last = added.at(-1) ?? last;
    events.push(...added);
    unfolded.push(...added);
    return [...audit(added, total), ...alarms.take(added)];
  };
  return {
    sql: (text, values) => withClient(async (client) => (await client.query(text, values)).rows),
    /** Reads on in the ledger; gives what is wrong with the events that came. */
    read,
    /** Events of this round. */
    events: () => events,
    /** What the checker wrote down in this round. */
    lines: () => linesAfter(journalFile, journalStart),
    /**
     * Gives what the read models hold otherwise than the ledger tells. A timer may go off while we look, and then we look again: what
     * was different may just not have been folded yet.
     */
    async models() {
      const findings = [];
      for (let look = 1; ; look += 1) {
        findings.push(...(await read()));
        const late = await withClient((client) => caughtUp(client, last, log.orderOf));
        const differences = await reference.order('compare', unfolded.splice(0));
        const before = last;
        findings.push(...(await read()));
        if (last === before || look === MOST_LOOKS) return [...findings, ...late, ...differences];
      }
    },
    takeProgress: progress.take,
    /** What was to happen later and has not happened yet. */
    open: () => [...alarms.open(), ...replies.open()],
    timers: () => alarms.count() + replies.count(),
    /** Gives what is wrong with the replies that were to be sent later. */
    endRound() {
      const findings = replies.take(linesAfter(journalFile, journalStart), events);
      events = [];
      journalStart = statSync(journalFile).size;
      return findings;
    },
    async close() {
      await Promise.all([progress.close(), reference.end()]);
    },
  };
}

function linesAfter(file, start) {
  const bytes = Buffer.alloc(statSync(file).size - start);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, bytes, 0, bytes.length, start);
  closeSync(descriptor);
  return bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
