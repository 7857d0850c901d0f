import type { Client } from 'pg';

/** Where the rows of a table are after a restore. */
export type Fate = 'state' | 'keys' | 'rebuilt' | 'left-out';

/** Kept apart from everything else: without them nobody reads a personal text in a backup. */
const KEYS: readonly string[] = ['workspace_key', 'person_key'];

/** Tables that a restore begins without, each with its reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  schema_migration: 'the names are in the manifest; a restore makes the tables themselves',
  read_model_generation: 'says which read models are filled, and they are filled again',
  parked_event: 'what could not be folded is tried again when read models are filled',
  session: 'whoever was signed out since would be signed in again; everybody signs in once more',
  sign_in_limit: 'attempts of a few minutes',
  password_reset_request: 'half an hour later nobody waits for an answer',
  password_reset: 'links are good for half an hour, and whoever was answered since would be answered again',
  ledger_export: 'files that are made once more when somebody asks for them',
  ledger_export_part: 'the bytes of these files',
  restore_in_progress: 'says that a restore has not finished, here and now',
};

/** Rows of a table that are restored, where that is not all of them. */
export const SOME_ROWS: Readonly<Record<string, string>> = {
  // Read models begin at the beginning again. A reaction that did would answer every old event a second time, and so for every other.
  ledger_checkpoint: 'where generation is null',
};

export interface Table {
  readonly name: string;
  readonly fate: Fate;
  /** In the order of the table, without generated ones. */
  readonly columns: readonly string[];
  /** Restricts the rows; empty when all are meant. */
  readonly rows: string;
}

/**
 * Every table of the installation, whoever made it, those that others refer to first. What is not known here is state: a table that
 * somebody adds is backed up before anybody thinks of it.
 */
export async function tablesOf(client: Client): Promise<readonly Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; isRebuilt: boolean }>(TABLES);
  return rows.map(({ name, columns, isRebuilt }) => ({
    name,
    columns,
    fate: fateOf(name, isRebuilt),
    rows: SOME_ROWS[name] ?? '',
  }));
}

function fateOf(name: string, isRebuilt: boolean): Fate {
  if (KEYS.includes(name)) return 'keys';
  if (isRebuilt) return 'rebuilt';
  return Object.hasOwn(LEFT_OUT, name) ? 'left-out' : 'state';
}

/** `depth`: how many references lead to other tables. */
const TABLES = `
  with recursive referring (name, depth) as (
    select c.oid, 0 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    union all
    select k.conrelid, r.depth + 1 from referring r join pg_constraint k on k.confrelid = r.name and k.contype = 'f'
    where k.conrelid <> k.confrelid and r.depth < 32
  )
  select c.relname as name,
         array(select attname::text from pg_attribute
               where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
         exists (select from read_model_generation g where g.table_name = c.relname) as "isRebuilt"
  from pg_class c join referring r on r.name = c.oid
  group by c.oid, c.relname
  order by max(r.depth), c.relname`;
