import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import type { Reply } from '../reply.js';
import { Coalesced } from './coalesced.js';
import { IdempotencyTable, type Taken } from './idempotency-table.js';

export type Begun =
  /** Nobody has done it: do it. `newId` is the id for what it creates, the same after a crash. */
  | { readonly kind: 'new'; readonly newId: string; readonly isFirstTry: boolean }
  | { readonly kind: 'replay'; readonly reply: Reply }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'other-request' };

interface Asked {
  readonly commandId: string;
  readonly digest: Buffer;
  readonly newId: string;
}

/** A request of this process whose answer is not stored yet. */
interface Working {
  readonly workspaceId: string;
  readonly digest: Buffer;
  /** By the monotonic timer. */
  readonly since: number;
  reply?: Reply;
}

interface Answered {
  readonly commandId: string;
  readonly reply: Reply;
}

/** Nobody waits for an answer to be stored, so several share a statement. */
const ANSWERS_GATHERED_MILLISECONDS = 25;
/** A third of a lease. Hardly any request takes so long that it needs one more. */
const RENEW_MILLISECONDS = 1_000;

/**
 * Makes a repeated request get its first answer. The row of a request is written before its command runs and answered after;
 * what keeps the command itself from running twice is its command id, so a row that a crash left behind may be taken over.
 */
@Injectable()
export class Idempotency implements OnApplicationShutdown {
  /** Requests of this process, from their beginning until their answer is stored: another process only sees the row. */
  readonly #here = new Map<string, Working>();
  readonly #renewals: NodeJS.Timeout;
  #renewal: Promise<unknown> | undefined;
  readonly #storing = new Set<Promise<void>>();
  readonly #beginnings: Coalesced<Asked, Taken>;
  readonly #answers: Coalesced<Answered, true>;

  constructor(
    @Inject(IdempotencyTable) private readonly table: IdempotencyTable,
    @Inject(Log) private readonly log: Log,
  ) {
    this.#beginnings = new Coalesced((workspaceId, asked) => this.table.take(workspaceId, asked));
    this.#answers = new Coalesced(
      async (workspaceId, answers) => {
        await this.table.answer(workspaceId, answers);
        return answers.map(() => true as const);
      },
      { patience: ANSWERS_GATHERED_MILLISECONDS },
    );
    this.#renewals = setInterval(() => {
      this.#renew();
    }, RENEW_MILLISECONDS).unref();
  }

  async begin(workspaceId: string, commandId: string, digest: Buffer): Promise<Begun> {
    const here = this.#here.get(commandId);
    if (here) {
      if (!here.digest.equals(digest)) return { kind: 'other-request' };
      return here.reply ? { kind: 'replay', reply: here.reply } : { kind: 'in-progress' };
    }
    this.#here.set(commandId, { workspaceId, digest, since: performance.now() });
    let begun: Begun | undefined;
    try {
      const fresh = newId();
      begun = begunFrom(await this.#beginnings.add(workspaceId, { commandId, digest, newId: fresh }), fresh);
      return begun;
    } finally {
      if (begun?.kind !== 'new') this.#here.delete(commandId);
    }
  }

  /** Remembers the answer for 24 h. Nobody waits for it: until it is stored, this process answers from memory. */
  complete(workspaceId: string, commandId: string, reply: Reply): void {
    const here = this.#here.get(commandId);
    if (here) here.reply = reply;
    void this.#settle(commandId, this.#answers.add(workspaceId, { commandId, reply }));
  }

  /** The request could not be read: the key is free again. */
  async forget(workspaceId: string, commandId: string): Promise<void> {
    await this.#settle(commandId, this.table.forget(workspaceId, commandId));
  }

  /** The request failed on our side, perhaps half-way: the same request may be sent again at once. */
  async release(workspaceId: string, commandId: string): Promise<void> {
    await this.#settle(commandId, this.table.release(workspaceId, commandId));
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#renewals);
    await Promise.all(this.#storing);
  }

  /** A process that is gone renews nothing: its requests are free for the next try as soon as their leases have run out. */
  #renew(): void {
    if (this.#renewal) return;
    const before = performance.now() - RENEW_MILLISECONDS;
    const slow = [...this.#here].filter(([, { since, reply }]) => since < before && !reply);
    if (slow.length === 0) return;
    const renewals = [...Map.groupBy(slow, ([, { workspaceId }]) => workspaceId)].map(([workspaceId, requests]) =>
      this.table.renew(
        workspaceId,
        requests.map(([commandId]) => commandId),
      ),
    );
    // Whoever takes a request over meanwhile finds its command id in the ledger, so a lease that was not renewed does no harm.
    this.#renewal = Promise.allSettled(renewals).finally(() => {
      this.#renewal = undefined;
    });
  }

  /** A failure here loses nothing: the row stays in progress, its lease ends, and the next try finds the command in the ledger. */
  #settle(commandId: string, stored: Promise<unknown>): Promise<void> {
    const settled = stored.then(
      () => undefined,
      (error: unknown) => {
        this.log.warn({ err: error, commandId }, 'answer not remembered');
      },
    );
    this.#storing.add(settled);
    return settled.finally(() => {
      this.#here.delete(commandId);
      this.#storing.delete(settled);
    });
  }
}

/** @param fresh the id that this try brought along; another one comes from an earlier try */
function begunFrom(taken: Taken, fresh: string): Begun {
  if (taken.newId !== undefined) return { kind: 'new', newId: taken.newId, isFirstTry: taken.newId === fresh };
  if (!taken.sameRequest) return { kind: 'other-request' };
  return taken.reply ? { kind: 'replay', reply: taken.reply } : { kind: 'in-progress' };
}
