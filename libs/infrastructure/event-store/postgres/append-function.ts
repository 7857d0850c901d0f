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
 * the refusal. Arrays with `command_` have one element per command, those with `event_` one per event, in the order of the
 * commands; `event_command` says whose an event is, from 1. A command is taken when its stream ends where it expects. One whose
 * events already stand at exactly the wanted revisions is a repetition: it succeeds without writing.
 *
 * Three statements serve the whole batch. The end of a stream is read from the unique index of the events themselves: a table of
 * streams beside them would have to be written with every append.
 */
export const APPEND_FUNCTION = `
create function append_events(
  command_stream text[], command_expected integer[], command_size integer[],
  event_command integer[], event_stream text[], event_revision integer[],
  event_id uuid[], event_type text[], event_data text[], event_metadata text[]
) returns table (outcome integer, actual integer, "position" bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
  head bigint;
  stream_end integer[];
  added integer;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_events needs READ COMMITTED' using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock(${String(APPEND_LOCK)});
  select coalesce(max(e.global_position), 0) into head from events e;

  select array_agg(coalesce((select max(e.revision) from events e where e.stream = command.stream), -1) order by command.place)
  into stream_end
  from unnest(command_stream) with ordinality as command (stream, place);

  insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
  select head + row_number() over (order by event.place), event.stream, event.revision, event.id,
         substr(event.stream, strpos(event.stream, '-') + 1, 32)::uuid, event.type, event.data, event.metadata
  from unnest(event_command, event_stream, event_revision, event_id, event_type, event_data, event_metadata)
       with ordinality as event (command, stream, revision, id, type, data, metadata, place)
  where stream_end[event.command] = command_expected[event.command]
  order by event.place;
  get diagnostics added = row_count;

  if added > 0 then
    perform pg_notify('${LEDGER_CHANNEL}', (head + added)::text);
  end if;

  return query
  select case when command.ended = command.expected then ${String(OUTCOME.appended)}
              when repeated.position is null then ${String(OUTCOME.wrongRevision)}
              else ${String(OUTCOME.repeated)} end,
         command.ended,
         case when command.ended = command.expected
              then head + sum(command.size) filter (where command.ended = command.expected) over (order by command.place)
              else repeated.position end
  from unnest(command_stream, command_expected, command_size, stream_end)
       with ordinality as command (stream, expected, size, ended, place)
  left join lateral (
    select max(e.global_position) as position
    from unnest(event_command, event_revision, event_id) as event (command, revision, id)
    left join events e on e.stream = command.stream and e.revision = event.revision and e.id = event.id
    where command.ended <> command.expected and event.command = command.place
    having count(*) = count(e.id)
  ) as repeated on true
  order by command.place;
end $$`;
