import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ReadStore } from '@ledgerdesk/read-store';
import type { ChangeValue } from '../domain/configuration-change.js';
import type { ConfigurationComparison } from '../http/configuration.schemas.js';

/** How was the workspace set up at two moments, and which events made the difference? */
export class CompareConfiguration extends Query<ConfigurationComparison> {
  constructor(
    readonly workspaceId: string,
    readonly at: Date,
    readonly and: Date,
  ) {
    super();
  }
}

/** A comparison that is longer tells nobody anything; two nearer moments do. */
const MOST = 1_000;

interface Side {
  readonly value: ChangeValue;
  readonly event: string;
  readonly hash: string;
  readonly since: string;
}

interface Row {
  readonly kind: string;
  readonly subject: string;
  readonly field: string;
  readonly before: Side | null;
  readonly after: Side | null;
}

@QueryHandler(CompareConfiguration)
export class CompareConfigurationHandler implements IQueryHandler<CompareConfiguration> {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  async execute({ workspaceId, at, and }: CompareConfiguration): Promise<ConfigurationComparison> {
    const [before, after] = [at, and]
      .toSorted((a, b) => a.getTime() - b.getTime())
      .map((moment) => moment.toISOString());
    const rows = await this.store.run(workspaceId, (sql) =>
      sql.rows<Row>(COMPARISON, [workspaceId, before, after, MOST + 1]),
    );
    return {
      at: before ?? '',
      and: after ?? '',
      data: rows.slice(0, MOST).map((row) => ({
        ...row,
        before: present(row.before),
        after: present(row.after),
      })) as ConfigurationComparison['data'],
      hasMore: rows.length > MOST,
    };
  }
}

/** What was taken away is nothing, as what never was. */
function present(side: Side | null): Side | null {
  return (side?.value ?? null) === null ? null : side;
}

/**
 * A field is what the newest change up to the moment made of it. Who is in a team is a field for each member. Of the workspace itself every
 * field is told, of everything else what differs.
 */
const COMPARISON = `
  with told as (
    select kind, subject_id, at, revision, change.value ->> 'field' as field,
      case when change.value ->> 'field' = 'memberId'
        then coalesce(change.value ->> 'to', change.value ->> 'from') else '' end as element,
      nullif(change.value -> 'to', 'null'::jsonb) as value,
      jsonb_build_object('value', change.value -> 'to', 'event', id, 'hash', hash,
        'since', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as side
    from configuration_changes, lateral jsonb_array_elements(changes::jsonb) as change
    where workspace_id = $1::uuid and at <= $3::timestamptz
  ), earlier as (
    select distinct on (kind, subject_id, field, element) kind, subject_id, field, element, value, side
    from told where at <= $2::timestamptz
    order by kind, subject_id, field, element, at desc, revision desc
  ), later as (
    select distinct on (kind, subject_id, field, element) kind, subject_id, field, element, value, side
    from told
    order by kind, subject_id, field, element, at desc, revision desc
  )
  select kind, subject_id as subject, field, earlier.side as before, later.side as after
  from earlier full join later using (kind, subject_id, field, element)
  where kind = 'workspace' or earlier.value is distinct from later.value
  order by kind desc, subject_id, field, element
  limit $4`;
