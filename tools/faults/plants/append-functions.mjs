/**
 * The append function with parts exchanged. It keeps every other promise, so that a breakage is found by what it breaks.
 * @param {{ lock: string, position: string, taken: string, end: string }} parts SQL: what is waited for first, the position of a new
 *   event, whether its command is taken, and what comes last
 */
const appendFunction = ({ lock, position, taken, end }) => `
create or replace function append_events(
  command_stream text[], command_expected integer[], command_size integer[],
  event_command integer[], event_stream text[], event_revision integer[],
  event_id uuid[], event_type text[], event_data text[], event_metadata text[]
) returns table (outcome integer, actual integer, "position" bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  head bigint;
  stream_end integer[];
begin
  ${lock};
  select coalesce(max(e.global_position), 0) into head from events e;
  select array_agg(coalesce((select max(e.revision) from events e where e.stream = command.stream), -1) order by command.place)
  into stream_end
  from unnest(command_stream) with ordinality as command (stream, place);

  insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
  select ${position}, event.stream, event.revision, event.id,
         substr(event.stream, strpos(event.stream, '-') + 1, 32)::uuid, event.type, event.data, event.metadata
  from unnest(event_command, event_stream, event_revision, event_id, event_type, event_data, event_metadata)
       with ordinality as event (command, stream, revision, id, type, data, metadata, place)
  where ${taken}
  order by event.place;

  perform pg_notify('ledger', '0');
  return query
  select case when ${taken.replaceAll('stream_end[event.command]', 'command.ended').replaceAll('command_expected[event.command]', 'command.expected')} then 0
              when found_events.position is null then 2 else 1 end,
         command.ended, found_events.position
  from unnest(command_stream, command_expected, command_size, stream_end)
       with ordinality as command (stream, expected, size, ended, place)
  left join lateral (
    select max(e.global_position) as position
    from unnest(event_command, event_revision, event_id) as event (command, revision, id)
    left join events e on e.stream = command.stream and e.revision = event.revision and e.id = event.id
    where event.command = command.place
    having count(distinct e.id) = count(distinct event.id)
  ) as found_events on true
  order by command.place;
  ${end};
end $$`;

/**
 * As somebody would write it who has not met the problem: positions from a sequence, a lock per stream only, and commits that take
 * different times.
 */
export const POSITIONS_WITHOUT_ORDER = [
  'create sequence faults_position',
  `select setval('faults_position', (select coalesce(max(global_position), 1) from events))`,
  'grant usage on sequence faults_position to ld_append',
  appendFunction({
    lock: `perform pg_advisory_xact_lock(hashtextextended(name, 0)) from (select unnest(command_stream) as name order by 1) s`,
    position: `nextval('faults_position')`,
    taken: 'stream_end[event.command] = command_expected[event.command]',
    end: 'perform pg_sleep(random() * 0.05)',
  }),
];

/** As somebody would write it who leaves it to the unique key to refuse what is there already, on a ledger without that key. */
export const NO_UNIQUE_KEY = [
  'alter table events drop constraint events_stream_revision_key',
  'create index on events (stream, revision)',
  appendFunction({
    lock: 'perform pg_advisory_xact_lock(7105002)',
    position: 'head + row_number() over (order by event.place)',
    taken: 'true',
    end: 'return',
  }),
];
