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
 * commands. A command whose events already stand at exactly the wanted revisions is a repetition: it succeeds without writing.
 *
 * A loop, because one large set-based statement was measured: much slower for a single command, and no faster for 200.
 */
export const APPEND_FUNCTION = `
create function append_events(
  command_stream text[], command_expected integer[], command_size integer[],
  event_id uuid[], event_type text[], event_data text[], event_metadata text[]
) returns table (outcome integer, actual integer, "position" bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  head bigint;
  head_before bigint;
  event integer := 0;
  new_revision integer;
  workspace uuid;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append_events needs READ COMMITTED' using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock(${String(APPEND_LOCK)});
  select coalesce(max(e.global_position), 0) into head from events e;
  head_before := head;

  for command in 1 .. cardinality(command_stream) loop
    new_revision := command_expected[command] + command_size[command];
    workspace := substring(command_stream[command] from '-([0-9a-f]{32})_')::uuid;
    if command_expected[command] = -1 then
      insert into streams (stream, workspace_id, revision) values (command_stream[command], workspace, new_revision)
      on conflict do nothing;
    else
      update streams s set revision = new_revision
      where s.stream = command_stream[command] and s.revision = command_expected[command];
    end if;

    if found then
      for added in 1 .. command_size[command] loop
        head := head + 1;
        insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
        values (head, command_stream[command], command_expected[command] + added, event_id[event + added], workspace,
                event_type[event + added], event_data[event + added], event_metadata[event + added]);
      end loop;
      outcome := ${String(OUTCOME.appended)};
      actual := command_expected[command];
      "position" := head;
    else
      select s.revision into actual from streams s where s.stream = command_stream[command];
      actual := coalesce(actual, -1);
      select max(e.global_position) into "position" from events e
      where e.stream = command_stream[command] and e.revision between command_expected[command] + 1 and new_revision
      having count(*) = command_size[command]
        and bool_and(e.id = event_id[event + e.revision - command_expected[command]]);
      outcome := case when "position" is null then ${String(OUTCOME.wrongRevision)} else ${String(OUTCOME.repeated)} end;
    end if;
    event := event + command_size[command];
    return next;
  end loop;

  if head > head_before then
    perform pg_notify('${LEDGER_CHANNEL}', head::text);
  end if;
end $$`;
