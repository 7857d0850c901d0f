import { setImmediate } from 'node:timers/promises';
import { statedLink } from '@ledgerdesk/event-store';
import { DamagedFile } from './damaged-file.js';
import { eventFinding, type Finding } from './finding.js';
import type { CheckedEvent, LedgerItems } from './items.js';
import { type CheckOptions, LedgerCheck } from './ledger-check.js';
import { StreamChains } from './stream-chains.js';

/** What a verification has found out. */
export interface Verdict {
  /** What is wrong first; absent when nothing is. */
  readonly finding?: Finding;
  /** Events whose hash and chain were checked. */
  readonly events: number;
  /** How many of them stand behind the newest seal: somebody with the database in hand could still exchange these. */
  readonly unsealed: number;
  readonly seals: number;
  /** Seals of other installations that no trusted key vouches for; they prove nothing here. */
  readonly unknownSeals: number;
  readonly newestSeal?: { readonly number: number; readonly sealedAt: string };
}

export interface VerifyOptions extends CheckOptions {
  /** Called now and then with the number of events that have been checked. */
  readonly onProgress?: (events: number) => void;
  /** Streams to remember at a time; for tests. */
  readonly streamsAtOnce?: number;
}

const YIELD_EVERY = 250;

/** Reads the ledger to its end, or to the first thing that is wrong. */
export async function verifyItems(items: LedgerItems, options: VerifyOptions): Promise<Verdict> {
  const chains = new StreamChains(options.streamsAtOnce);
  const check = new LedgerCheck(chains, options);
  const damage = await read(items, check, options);
  check.end();
  const finding = check.finding ?? damage ?? (await otherChains(items, chains));
  const { events, unsealed, seals, unknownSeals, newest } = check;
  return {
    ...(finding && { finding }),
    events,
    unsealed,
    seals,
    unknownSeals,
    ...(newest && { newestSeal: newest }),
  };
}

/** Hands everything to the check, until it has found something. Answers with what is wrong with a file as such. */
async function read(
  items: LedgerItems,
  check: LedgerCheck,
  { onProgress }: Pick<VerifyOptions, 'onProgress'>,
): Promise<Finding | undefined> {
  try {
    for await (const item of items()) {
      if (item.kind === 'seal') check.seal(item.seal);
      else await checkAll(item.events, check);
      if (check.finding) break;
      onProgress?.(check.events);
    }
    return undefined;
  } catch (error) {
    if (error instanceof DamagedFile) return error.finding;
    throw error;
  }
}

/** Lets what has arrived for the next page be taken in between: a sender whose window is full stands still. */
async function checkAll(events: readonly CheckedEvent[], check: LedgerCheck): Promise<void> {
  for (const [index, event] of events.entries()) {
    check.event(event);
    if (index % YIELD_EVERY === YIELD_EVERY - 1) await setImmediate();
  }
}

/** The chains of streams that the first reading had no room for. Their hashes are right, so only the links are left. */
async function otherChains(items: LedgerItems, chains: StreamChains): Promise<Finding | undefined> {
  while (chains.next()) {
    for await (const item of items()) {
      if (item.kind === 'seal') continue;
      for (const { stream, revision, metadata } of item.events) {
        const link = statedLink(metadata);
        const broken = link && chains.broken(stream, revision, link);
        if (broken !== undefined) return eventFinding('broken-chain', { stream, revision: broken });
      }
    }
  }
  return undefined;
}
