/** Key of the advisory lock that orders all appends of the database. */
export const APPEND_LOCK = 7_105_002;

/** Channel on which the newest global position is announced at commit. */
export const LEDGER_CHANNEL = 'ledger';

/** What the function answers per command. */
export const OUTCOME = { appended: 0, repeated: 1, wrongRevision: 2 } as const;

/**
 * Appends a batch of commands, at most one per stream, in one transaction of its own.
 *
 * The lock comes first and the function is VOLATILE under READ COMMITTED, so every later statement sees all that earlier holders
 * committed: positions are dense and their order is the order of commits. That breaks under a transaction-wide snapshot, hence
 * the refusal. Arrays with `command_` have one element per command, those with `event_` one per event; `event_command` is the
 * one-based number of the command an event belongs to. A command whose events already stand at exactly the wanted revisions
 * is a repetition and succeeds without writing.
 */
export const APPEND_FUNCTION = `
create function append_events(
  command_stream text[], command_expected integer[], command_size integer[],
  event_command integer[], event_revision integer[], event_id uuid[], event_type text[], event_data text[], event_metadata text[]
) returns table (outcome smallint, actual integer, "position" bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off
as $$
declare
  head bigint;
  new_head bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_events needs READ COMMITTED' using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock(${String(APPEND_LOCK)});
  select coalesce(max(e.global_position), 0) into head from events e;

  return query
  with command as materialized (
    select c.number, c.stream, c.expected, c.size,
           substring(c.stream from '-([0-9a-f]{32})_')::uuid as workspace_id,
           coalesce((select s.revision from streams s where s.stream = c.stream), -1) as actual
    from unnest(command_stream, command_expected, command_size) with ordinality as c (stream, expected, size, number)
  ), appended as (
    insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
    select head + row_number() over (order by e.number), c.stream, e.revision, e.id, c.workspace_id, e.type, e.data, e.metadata
    from unnest(event_command, event_revision, event_id, event_type, event_data, event_metadata) with ordinality
           as e (command, revision, id, type, data, metadata, number)
    join command c on c.number = e.command
    where c.actual = c.expected
    returning events.stream, events.global_position
  ), headed as (
    insert into streams as s (stream, workspace_id, revision)
    select c.stream, c.workspace_id, c.expected + c.size from command c where c.actual = c.expected
    on conflict (stream) do update set revision = excluded.revision
  ), last as (
    select a.stream, max(a.global_position) as "position" from appended a group by a.stream
  ), repeated as (
    select e.command, max(s.global_position) as "position", count(*) as matches
    from command c
    join unnest(event_command, event_revision, event_id) as e (command, revision, id) on e.command = c.number
    join events s on s.stream = c.stream and s.revision = e.revision and s.id = e.id
    where c.actual <> c.expected
    group by e.command
  )
  select (case when c.actual = c.expected then ${String(OUTCOME.appended)}
               when r.matches = c.size then ${String(OUTCOME.repeated)}
               else ${String(OUTCOME.wrongRevision)} end)::smallint,
         c.actual,
         coalesce(l."position", r."position")
  from command c
  left join last l on l.stream = c.stream and c.actual = c.expected
  left join repeated r on r.command = c.number
  order by c.number;

  select coalesce(max(e.global_position), 0) into new_head from events e;
  if new_head > head then
    perform pg_notify('${LEDGER_CHANNEL}', new_head::text);
  end if;
end $$`;
