import { EventStoreTimeout, EventStoreUnavailable } from '@ledgerdesk/event-store';
import { DomainError } from '@ledgerdesk/kernel';
import { MoveRefused } from '@ledgerdesk/portability';
import { ReadStoreUnavailable } from '@ledgerdesk/read-store';

const OUTAGES = [EventStoreUnavailable, EventStoreTimeout, ReadStoreUnavailable];

/** `EX_TEMPFAIL` of sysexits.h. */
const TRY_AGAIN = 75;

/** Runs a command that moves a workspace; what it refuses is one sentence and an exit code (docs/operators/moving.md). */
export async function moving(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const [sentence, code] = told(error);
    console.error(sentence);
    process.exitCode = code;
  }
}

function told(error: unknown): readonly [string, number] {
  if (error instanceof MoveRefused) return [error.message, error.exitCode];
  if (error instanceof DomainError) return [error.message, 1];
  if (OUTAGES.some((outage) => error instanceof outage)) {
    return [
      'The database does not answer: type the same command again when it is back, and it goes on where it ended.',
      TRY_AGAIN,
    ];
  }
  throw error;
}
