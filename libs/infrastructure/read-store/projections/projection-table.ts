import { MikroORM, type EntityProperty } from '@mikro-orm/postgresql';
import type { AnyProjection } from '../projection.js';

export interface Column {
  readonly property: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Expression of a stored generated column: written by Postgres, never by the runner. */
  readonly generated: string | undefined;
}

/** Where the rows of one generation of a read model live, and the statements that write them. */
export interface ProjectionTable {
  /** What queries read. */
  readonly view: string;
  readonly table: string;
  readonly columns: readonly Column[];
  readonly load: string;
  /** Takes the rows as JSON, with the names of their properties. */
  readonly upsert: string;
  readonly remove: string;
  readonly hasBigint: boolean;
}

const shapes = new WeakMap<AnyProjection, readonly Column[]>();

/** The table that the first generation of a version fills; later ones have their number behind it. */
export function firstTable({ name, version }: Pick<AnyProjection, 'name' | 'version'>): string {
  return `${name}_v${String(version)}`;
}

/** A table of a projection, derived from its entity's columns. */
export function projectionTable(projection: AnyProjection, table = firstTable(projection)): ProjectionTable {
  const columns = shapes.get(projection) ?? columnsOf(projection);
  shapes.set(projection, columns);
  return describe(projection, table, columns);
}

function describe(projection: AnyProjection, table: string, columns: readonly Column[]): ProjectionTable {
  const written = columns.filter((column) => column.generated === undefined);
  const names = written.map((column) => quote(column.name)).join(', ');
  const properties = written.map((column) => quote(column.property)).join(', ');
  const typed = written.map((column) => `${quote(column.property)} ${column.type}`).join(', ');
  const changes = written
    .filter((column) => column.name !== 'id')
    .map((column) => `${quote(column.name)} = excluded.${quote(column.name)}`)
    .join(', ');
  const loaded = written.map((column) => `${quote(column.name)} as ${quote(column.property)}`).join(', ');
  const key = columns.find((column) => column.name === 'id')?.type ?? 'text';
  return {
    view: projection.name,
    table,
    columns,
    load: `select ${loaded} from ${table} where id = any($1::${key}[])`,
    // The last condition is the second lock on tenancy: a row never changes hands.
    upsert: `with written as (
        insert into ${table} as t (${names})
        select ${properties} from json_to_recordset($1::json) as r(${typed})
        on conflict (id) do update set ${changes} where t.workspace_id = excluded.workspace_id
        returning 1)
      select count(*)::int as written from written`,
    remove: `delete from ${table} where id = any($1::${key}[])`,
    hasBigint: columns.some(({ type }) => /^(?:bigint|int8)/.test(type)),
  };
}

/** Statements that make an empty table of this shape, without its secondary indexes. */
export function createTable({ table, columns }: ProjectionTable): string {
  const lines = columns.map(({ name, type, nullable, generated }) => {
    const source = generated === undefined ? '' : ` generated always as ${generated}`;
    return `${quote(name)} ${type}${nullable ? '' : ' not null'}${source}${name === 'id' ? ' primary key' : ''}`;
  });
  return `create table ${table} (${lines.join(', ')})`;
}

function columnsOf({ name, entity }: AnyProjection): readonly Column[] {
  // Discovery fills in column names and types; it opens no connection.
  const orm = new MikroORM({ entities: [entity], dbName: name, discovery: { warnWhenNoEntities: false } });
  const columns = orm
    .getMetadata()
    .get(entity)
    .props.filter((property) => property.persist !== false)
    .map(columnOf);
  for (const required of ['id', 'workspace_id'])
    if (!columns.some((column) => column.name === required)) throw new Error(`${name} needs a column ${required}.`);
  return columns;
}

function columnOf(property: EntityProperty): Column {
  return {
    property: property.name,
    name: property.fieldNames[0] ?? property.name,
    type: property.columnTypes[0] ?? 'text',
    nullable: property.nullable === true,
    generated: typeof property.generated === 'string' ? property.generated : undefined,
  };
}

function quote(name: string): string {
  return `"${name}"`;
}
