import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { QUICK_COMMIT, ReadStore, type Sql } from '@ledgerdesk/read-store';
import { Reply } from '../reply.js';
import { Seal } from '../seal.js';

/** What became of one request that was to begin. */
export interface Taken {
  /** Set when the request is the caller's to do. */
  readonly newId?: string;
  readonly sameRequest: boolean;
  readonly reply?: Reply;
}

interface TakenRow {
  readonly commandId: string;
  readonly newId: string | null;
  readonly sameRequest: boolean;
  readonly reply: Buffer | null;
}

/** Renewed while the process that works on the request lives, so this is how long a retry waits after a crash at most. */
const LEASE = `interval '3 s'`;

/**
 * No statement here waits for the disk when the ledger is in the same database: when the events of a command are on disk, the row
 * that fixed its ids is too; and a lost answer is made again from the events.
 *
 * A row is free when it has expired, or when the same request was begun and its lease ran out. Looked up one by one, because a
 * planner that has no statistics yet, on a fresh installation, would read the whole table every time.
 */
const TAKE = `with ${QUICK_COMMIT},
  asked as materialized (
    select a.* from quick, unnest($2::uuid[], $3::bytea[], $4::uuid[]) as a(command_id, digest, new_id)
  ),
  taken as (
    insert into idempotency as row (command_id, workspace_id, digest, new_id, leased_until, expires_at)
    select command_id, $1, digest, new_id, now() + ${LEASE}, now() + interval '24 h' from asked
    on conflict (command_id) do update set
      digest = excluded.digest, leased_until = excluded.leased_until, expires_at = excluded.expires_at, reply = null,
      new_id = case when row.expires_at < now() then excluded.new_id else row.new_id end
      where row.expires_at < now()
        or (row.reply is null and row.leased_until < now() and row.digest = excluded.digest)
    returning command_id, new_id
  )
  select asked.command_id as "commandId", taken.new_id as "newId", known.reply,
    coalesce(known.digest = asked.digest, true) as "sameRequest"
  from asked left join taken using (command_id)
  left join lateral (select reply, digest from idempotency i where i.command_id = asked.command_id limit 1) known on true`;

const ANSWER = `with ${QUICK_COMMIT}
  update idempotency set reply = ($2::bytea[])[array_position($1::uuid[], command_id)]
  from quick where command_id = any($1::uuid[])`;

const RENEW = `with ${QUICK_COMMIT}
  update idempotency set leased_until = now() + ${LEASE} from quick where command_id = any($1::uuid[]) and reply is null`;

const SWEEP_EVERY_MILLISECONDS = 5_000;

/** Expired rows go on the way of other requests, as many at a time as a busy workspace makes between two sweeps. */
const SWEEP = `with ${QUICK_COMMIT},
  gone as materialized (
    select command_id from idempotency where workspace_id = $1 and expires_at < now()
    order by workspace_id, expires_at limit 5000 for update skip locked
  )
  delete from idempotency using quick where command_id = any(array(select command_id from gone))`;

/** The rows behind `Idempotency`. Answers are encrypted: they hold what the ledger only keeps encrypted. */
@Injectable()
export class IdempotencyTable {
  readonly #seal: Seal;
  readonly #digestKey: KeyObject;
  readonly #swept = new LRUCache<string, true>({ max: 10_000, ttl: SWEEP_EVERY_MILLISECONDS });

  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(CONFIGURATION) { installationKey }: Pick<Configuration, 'installationKey'>,
  ) {
    this.#seal = new Seal(installationKey, 'idempotency');
    this.#digestKey = createSecretKey(deriveKey(installationKey, 'idempotency:digest'));
  }

  /** One result per request, in their order. */
  async take(
    workspaceId: string,
    asked: readonly { readonly commandId: string; readonly digest: Buffer; readonly newId: string }[],
  ): Promise<readonly Taken[]> {
    const rows = await this.store.run(workspaceId, async (sql) => {
      if (!this.#swept.has(workspaceId)) {
        this.#swept.set(workspaceId, true);
        await sql.rows(SWEEP, [workspaceId]);
      }
      return sql.rows<TakenRow>(TAKE, [
        workspaceId,
        asked.map(({ commandId }) => commandId),
        asked.map(({ digest }) => this.#keyed(digest)),
        asked.map(({ newId }) => newId),
      ]);
    });
    const byId = new Map(rows.map((row) => [row.commandId, row]));
    return asked.map(({ commandId }) => this.#taken(workspaceId, byId.get(commandId)));
  }

  async answer(
    workspaceId: string,
    answers: readonly { readonly commandId: string; readonly reply: Reply }[],
  ): Promise<void> {
    await this.store.run(workspaceId, (sql) =>
      sql.rows(ANSWER, [
        answers.map(({ commandId }) => commandId),
        answers.map(({ commandId, reply }) =>
          this.#seal.seal(`${workspaceId}|${commandId}`, Buffer.from(JSON.stringify(reply))),
        ),
      ]),
    );
  }

  /** Says that these requests are still being worked on. */
  async renew(workspaceId: string, commandIds: readonly string[]): Promise<void> {
    await this.store.run(workspaceId, (sql) => sql.rows(RENEW, [commandIds]));
  }

  async forget(workspaceId: string, commandId: string): Promise<void> {
    await this.store.run(workspaceId, (sql) => sql.rows('delete from idempotency where command_id = $1', [commandId]));
  }

  async release(workspaceId: string, commandId: string): Promise<void> {
    await this.store.run(workspaceId, (sql) =>
      sql.rows(`update idempotency set leased_until = '-infinity' where command_id = $1 and reply is null`, [
        commandId,
      ]),
    );
  }

  /** A body may hold a passphrase: who reads the table must not be able to try words against it. */
  #keyed(digest: Buffer): Buffer {
    return createHmac('sha256', this.#digestKey).update(digest).digest();
  }

  #taken(workspaceId: string, row: TakenRow | undefined): Taken {
    if (!row) return { sameRequest: true };
    const { commandId, newId, sameRequest, reply } = row;
    if (newId !== null) return { newId, sameRequest: true };
    const text = reply && this.#seal.open(`${workspaceId}|${commandId}`, reply);
    if (!text) return { sameRequest };
    const { status, headers, text: body } = JSON.parse(text.toString()) as Reply;
    return { sameRequest, reply: new Reply(status, headers, body) };
  }
}

/**
 * Drops all answers of a workspace that are kept for repeated requests. Their rows stay, so a repeated request is done again under
 * the same ids, which finds what the first one did in the ledger. For a connection that sees the workspace.
 */
export async function forgetAnswers(sql: Sql, workspaceId: string): Promise<void> {
  await sql.rows(
    `update idempotency set reply = null, leased_until = '-infinity' where workspace_id = $1 and reply is not null`,
    [workspaceId],
  );
}
