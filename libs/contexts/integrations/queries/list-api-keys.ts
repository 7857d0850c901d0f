import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Answer, Cursors } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import type { ApiKeyPage, ApiKeyPageQuery, ApiKeyView } from '../http/api-keys.schemas.js';

/** Which API keys are there, the newest first, those that are over included? */
export class ListApiKeys extends Query<Answer<ApiKeyPage>> {
  constructor(
    readonly workspaceId: string,
    readonly page: ApiKeyPageQuery,
  ) {
    super();
  }
}

type Instant = Date | null;
type Row = Omit<ApiKeyView, 'createdAt' | 'lastUsedAt' | 'expiresAt' | 'previousGoodUntil' | 'revokedAt'> & {
  readonly createdAt: Date;
  readonly lastUsedAt: Instant;
  readonly expiresAt: Instant;
  readonly previousGoodUntil: Instant;
  readonly revokedAt: Instant;
};

const LIST = 'listApiKeys';
const MOST = 100;
/** Sorts behind every id. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

@QueryHandler(ListApiKeys)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeys> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  async execute({ workspaceId, page: { limit = MOST, after } }: ListApiKeys): Promise<Answer<ApiKeyPage>> {
    const [before = LAST] = after === undefined ? [] : this.cursors.open(workspaceId, LIST, after);
    const rows = await this.store.run(workspaceId, (sql) => sql.rows<Row>(KEYS, [before, limit + 1]));
    const data = rows.slice(0, limit).map(viewOf);
    const last = rows.length > limit ? data.at(-1) : undefined;
    const next = last ? this.cursors.seal(workspaceId, LIST, [last.id]) : null;
    return new Answer({ data, page: { next, hasMore: next !== null } }, next === null ? {} : { next });
  }
}

const KEYS = `
  select id, name, ending, member_id as "memberId", scopes, networks,
         case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as state,
         created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt",
         case when previous_good_until > now() then previous_good_until end as "previousGoodUntil",
         revoked_at as "revokedAt"
  from api_keys left join api_key_use on key_id = id
  where id < $1 order by id desc limit $2`;

function viewOf(row: Row): ApiKeyView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: text(row.lastUsedAt),
    expiresAt: text(row.expiresAt),
    previousGoodUntil: text(row.previousGoodUntil),
    revokedAt: text(row.revokedAt),
  };
}

function text(instant: Instant): string | null {
  return instant?.toISOString() ?? null;
}
