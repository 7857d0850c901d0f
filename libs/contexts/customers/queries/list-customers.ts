import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { Answer, Cursors, JsonText } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { findablePattern } from '../read-models/findable-text.js';

export interface CustomerRange {
  /** Part of a name or address. */
  readonly q?: string | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** Which customers have this in their name or address? A page of `CustomerView` by name. */
export class ListCustomers extends Query<Answer<object>> {
  constructor(
    readonly member: Principal,
    readonly range: CustomerRange,
  ) {
    super();
  }
}

interface ListedCustomer {
  readonly id: string;
  readonly sortName: string;
  readonly view: string;
}

const PAGE = 50;

const ALL = `
  select id, sort_name as "sortName", view from customers
  where workspace_id = $1::uuid and ($2::text is null or (sort_name, id) > ($2, $3::uuid))
  order by sort_name, id limit $4`;

/** Candidates come as ids only; the rows are then read under row level security. */
const MATCHING = `
  select id, sort_name as "sortName", view from customers
  where workspace_id = $1::uuid and id = any(array(select find_customers($5, $2, $3::uuid, $4)))
  order by sort_name, id limit $4`;

@QueryHandler(ListCustomers)
export class ListCustomersHandler implements IQueryHandler<ListCustomers> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  async execute({ member, range }: ListCustomers): Promise<Answer<object>> {
    const { workspaceId } = member;
    const { limit = PAGE, after } = range;
    const q = range.q?.trim() ?? '';
    const list = `listCustomers${q}`;
    const [name = null, id = null] = after === undefined ? [] : this.cursors.open(workspaceId, list, after);
    const values = [workspaceId, name, id, limit + 1];
    const rows = await this.store.run(workspaceId, (sql) =>
      q === ''
        ? sql.rows<ListedCustomer>(ALL, values)
        : sql.rows<ListedCustomer>(MATCHING, [...values, findablePattern(q)]),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const next = last && this.cursors.seal(workspaceId, list, [last.sortName, last.id]);
    const page = JSON.stringify({ next: next ?? null, hasMore: next !== undefined });
    const data = shown.map(({ view }) => view).join(',');
    return new Answer(new JsonText(`{"data":[${data}],"page":${page}}`), next ? { next } : {});
  }
}
