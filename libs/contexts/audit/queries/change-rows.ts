import type { Sql } from '@ledgerdesk/read-store';
import type { Change, ChangeValue } from '../domain/configuration-change.js';

/** Filters of the changes; all given ones must hold. Instants are RFC 3339, of recording. */
export interface ChangeFilter {
  readonly kind?: string | undefined;
  readonly actor?: string | undefined;
  /** Id of what was changed. */
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Text that stands somewhere in it. */
  readonly q?: string | undefined;
}

/** A change with all that it was before. */
export interface ToldChange {
  readonly id: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly revision: number;
  readonly type: string;
  readonly actor: string;
  readonly cause: string;
  readonly at: Date;
  readonly hash: string;
  readonly changes: readonly Required<Change>[];
}

type Row = Omit<ToldChange, 'changes'> & { readonly changes: string };

/** Where a list goes on: the last row that was shown. */
export type ChangePlace = readonly [at: string, revision: number, id: string];

/** Conditions by filter; only those that are asked for stand in the statement, so that each finds its index. */
const CONDITIONS: Readonly<Record<keyof ChangeFilter, (parameter: string) => string>> = {
  kind: (parameter) => `kind = ${parameter}`,
  actor: (parameter) => `actor = ${parameter}`,
  subject: (parameter) => `subject_id = ${parameter}`,
  from: (parameter) => `at >= ${parameter}::timestamptz`,
  to: (parameter) => `at < ${parameter}::timestamptz`,
  q: (parameter) => `strpos(words, lower(${parameter})) > 0`,
};

/** At most `limit` changes, newest first, behind the given place. */
export async function changeRows(
  sql: Sql,
  workspaceId: string,
  filter: ChangeFilter,
  behind: ChangePlace | undefined,
  limit: number,
): Promise<readonly ToldChange[]> {
  const values: unknown[] = [workspaceId, limit];
  const place = (value: unknown): string => `$${String(values.push(value))}`;
  const wanted = (Object.keys(CONDITIONS) as (keyof ChangeFilter)[]).flatMap((name) => {
    const value = filter[name];
    return value === undefined || value === '' ? [] : [CONDITIONS[name](place(value))];
  });
  if (behind) {
    const [at, revision, id] = behind;
    wanted.push(`(at, revision, id) < (${place(at)}::timestamptz, ${place(revision)}::integer, ${place(id)}::uuid)`);
  }
  const rows = await sql.rows<Row>(
    `select id, kind, subject_id as "subjectId", revision, type, actor, cause, at, hash, changes
     from configuration_changes
     where ${['workspace_id = $1::uuid', ...wanted].join(' and ')}
     order by at desc, revision desc, id desc
     limit $2`,
    values,
  );
  return withBefore(sql, workspaceId, rows);
}

interface Open {
  readonly id: string;
  readonly subjectId: string;
  readonly revision: number;
  readonly field: string;
}

/** Where an event does not say what was before, the newest earlier one of its stream that set the field does. */
async function withBefore(sql: Sql, workspaceId: string, rows: readonly Row[]): Promise<readonly ToldChange[]> {
  const told = rows.map((row) => ({ ...row, changes: JSON.parse(row.changes) as readonly Change[] }));
  const open: Open[] = told.flatMap(({ id, subjectId, revision, changes }) =>
    revision === 0
      ? []
      : changes.filter(({ from }) => from === undefined).map(({ field }) => ({ id, subjectId, revision, field })),
  );
  const earlier =
    open.length === 0
      ? []
      : await sql.rows<{ id: string; field: string; changes: string }>(EARLIER, [
          workspaceId,
          open.map(({ id }) => id),
          open.map(({ subjectId }) => subjectId),
          open.map(({ revision }) => revision),
          open.map(({ field }) => field),
        ]);
  const before = new Map(earlier.map(({ id, field, changes }) => [`${id} ${field}`, valueIn(changes, field)]));
  return told.map((row) => ({
    ...row,
    changes: row.changes.map(({ field, from, to }) => ({
      field,
      from: from === undefined ? (before.get(`${row.id} ${field}`) ?? null) : from,
      to,
    })),
  }));
}

function valueIn(changes: string, field: string): ChangeValue {
  return (JSON.parse(changes) as readonly Change[]).find((change) => change.field === field)?.to ?? null;
}

const EARLIER = `
  select wanted.id, wanted.field, found.changes
  from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[]) as wanted (id, subject_id, revision, field)
  cross join lateral (
    select changes
    from configuration_changes earlier
    where earlier.workspace_id = $1::uuid
      and earlier.subject_id = wanted.subject_id
      and earlier.revision < wanted.revision
      and strpos(earlier.changes, '"field":' || to_json(wanted.field)::text) > 0
    order by earlier.revision desc
    limit 1
  ) as found`;
