/**
 * The append function as somebody would write it who has not met the problem: positions from a sequence, no lock, and commits that
 * take different times. It keeps every other promise: exact revisions, repetitions, all or nothing.
 */
export const POSITIONS_WITHOUT_ORDER = [
  'create sequence faults_position',
  `select setval('faults_position', (select coalesce(max(global_position), 1) from events))`,
  'grant usage on sequence faults_position to ld_append',
  `create or replace function append_events(
     command_stream text[], command_expected integer[], command_size integer[],
     event_id uuid[], event_type text[], event_data text[], event_metadata text[]
   ) returns table (outcome integer, actual integer, "position" bigint)
   language plpgsql volatile security definer
   set search_path = pg_catalog, public, pg_temp
   as $$
   declare
     event integer := 0;
     new_revision integer;
   begin
     for command in 1 .. cardinality(command_stream) loop
       new_revision := command_expected[command] + command_size[command];
       if command_expected[command] = -1 then
         insert into streams (stream, workspace_id, revision)
         values (command_stream[command], substring(command_stream[command] from '-([0-9a-f]{32})_')::uuid, new_revision)
         on conflict do nothing;
       else
         update streams s set revision = new_revision
         where s.stream = command_stream[command] and s.revision = command_expected[command];
       end if;
       if found then
         for added in 1 .. command_size[command] loop
           "position" := nextval('faults_position');
           insert into events (global_position, stream, revision, id, workspace_id, type, data, metadata)
           values ("position", command_stream[command], command_expected[command] + added, event_id[event + added],
             substring(command_stream[command] from '-([0-9a-f]{32})_')::uuid,
             event_type[event + added], event_data[event + added], event_metadata[event + added]);
         end loop;
         outcome := 0;
         actual := command_expected[command];
       else
         select s.revision into actual from streams s where s.stream = command_stream[command];
         actual := coalesce(actual, -1);
         select max(e.global_position) into "position" from events e
         where e.stream = command_stream[command] and e.revision between command_expected[command] + 1 and new_revision
         having count(*) = command_size[command]
           and bool_and(e.id = event_id[event + e.revision - command_expected[command]]);
         outcome := case when "position" is null then 2 else 1 end;
       end if;
       event := event + command_size[command];
       return next;
     end loop;
     perform pg_notify('ledger', '0');
     perform pg_sleep(random() * 0.05);
   end $$`,
];
