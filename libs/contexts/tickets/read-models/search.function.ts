/**
 * Row level security keeps `@@` and `like` away from GIN indexes, because these operators could leak rows before the policy
 * has removed them. So candidates come from this one function: it runs as `ld_search`, which owns nothing else and can't log
 * in, takes the workspace from the connection's setting itself, and answers with ids only. Rows are read by the caller under
 * its own policy.
 *
 * The text of the query is put together from constants and quoted literals, so the planner knows how frequent the words are:
 * it walks the newest tickets for a word that most of them hold, and the GIN index for a rare one. Looking for a word in a row
 * costs more than the planner's default for an operator: with that, a word of 1 in 100 tickets took 28 ms instead of 3.
 */
const SEARCH_TICKETS = `
create or replace function public.search_tickets(wanted jsonb, most int)
returns table (id uuid, partial boolean)
language plpgsql stable security definer rows 50
set search_path = pg_catalog, pg_temp
set cpu_operator_cost = 0.01
as $function$
declare
  workspace constant uuid := current_setting('ld.workspace')::uuid;
  words constant text := wanted->>'words';
  sorting constant text[] := case wanted->>'order'
    when 'updated' then array['updated_at']
    when 'opened' then array['opened_at']
    when 'priority' then array['priority', 'updated_at']
  end || array['id'];
  types constant jsonb := '{"updated_at": "timestamptz", "opened_at": "timestamptz", "priority": "smallint", "id": "uuid"}';
  conditions text := format('i.workspace_id = %L::uuid', workspace);
  source text := 'public.inbox i';
  ending text;
  once text := '';
  filter jsonb;
  part text;
begin
  if wanted->>'order' is null or wanted->>'order' not in ('updated', 'opened', 'priority') then
    raise exception 'unknown order' using errcode = 'invalid_parameter_value';
  end if;
  for filter in select value from jsonb_array_elements(wanted->'filters') loop
    conditions := conditions || ' and ' || case
      when (filter->>'not')::boolean then format('(%s) is not true', public.search_condition(filter))
      else format('(%s)', public.search_condition(filter)) end;
  end loop;
  if wanted->'after' is not null then
    conditions := conditions || format(' and (%s) < (%s)',
      (select string_agg('i.' || name, ', ' order by n) from unnest(sorting) with ordinality s(name, n)),
      (select string_agg(format('%L::%s', wanted->'after'->>(n - 1)::int, types->>name), ', ' order by n)
       from unnest(sorting) with ordinality s(name, n)));
  end if;
  if words is not null or wanted->'parts' is not null or wanted->'requesters' is not null then
    -- The words of a merged ticket lead to the one that shows its story: several rows may say the same ticket.
    source := source || format(' join public.ticket_search s on s.shown_in = i.id and s.workspace_id = %L::uuid', workspace);
    once := 'distinct on (' || (select string_agg('i.' || name, ', ' order by n)
                                from unnest(sorting) with ordinality s(name, n)) || ')';
  end if;
  for filter in select value from jsonb_array_elements(coalesce(wanted->'requesters', '[]')) loop
    conditions := conditions || format(
      case when (filter->>'not')::boolean then ' and s.requester not like %1$L'
      else $like$ and s.subject || ' ' || s.requester like %1$L and s.requester like %1$L$like$ end, filter->>'like');
  end loop;
  ending := ' order by ' || (select string_agg(format('i.%s desc', name), ', ' order by n)
                            from unnest(sorting) with ordinality s(name, n)) || format(' limit %s', most);
  return query execute 'select ' || once || ' i.id, false from ' || source || ' where ' || conditions
    || case when words is null then '' else format(' and s.words @@ %L::tsquery', words) end || ending;
  if found or wanted->'after' is not null or wanted->'parts' is null then return; end if;
  return query execute 'select ' || once || ' i.id, true from ' || source || ' where ' || conditions
    || format(' and s.words @@ %L::tsquery', wanted->>'beginnings') || ending;
  if found then return; end if;
  for part in select value from jsonb_array_elements_text(wanted->'parts') loop
    conditions := conditions || format($like$ and s.subject || ' ' || s.requester like %L$like$, part);
  end loop;
  return query execute 'select ' || once || ' i.id, true from ' || source || ' where ' || conditions || ending;
end
$function$`;

/** The condition of one filter, from a closed list of columns, or of alternatives; anything else is an error. */
const SEARCH_CONDITION = `
create or replace function public.search_condition(filter jsonb) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $function$
declare
  type constant text := '{
    "status": "text", "category": "text", "channel": "text", "external_id": "text", "number": "int", "priority": "smallint",
    "assignee_id": "uuid", "team_id": "uuid", "requester_id": "uuid", "opened_at": "timestamptz", "updated_at": "timestamptz"
  }'::jsonb->>(filter->>'column');
  name constant text := 'i.' || (filter->>'column');
begin
  if filter->'any' is not null then
    return coalesce((
      select string_agg('(' || (
        select coalesce(string_agg(format('(%s)', public.search_condition(one)), ' and '), 'true')
        from jsonb_array_elements(alternative) one
      ) || ')', ' or ') from jsonb_array_elements(filter->'any') alternative
    ), 'false');
  end if;
  if type is null then raise exception 'unknown column' using errcode = 'invalid_parameter_value'; end if;
  -- The number of a merged ticket leads to the one that shows its story.
  if filter->>'column' = 'number' then
    return format('i.id in (select s.shown_in from public.inbox m join public.ticket_search s on s.id = m.id
                   and s.workspace_id = m.workspace_id where m.workspace_id = i.workspace_id and m.number = any(%L::int[]))',
      array(select jsonb_array_elements_text(filter->'values')));
  end if;
  return case filter->>'is'
    when 'in' then format('%s = any(%L::%s[])', name,
      array(select jsonb_array_elements_text(filter->'values')), type)
      || case when (filter->>'orEmpty')::boolean then format(' or %s is null', name) else '' end
    when 'empty' then format('%s is null', name)
    when 'within' then format('%1$s >= %2$L::%4$s and %1$s < %3$L::%4$s', name,
      coalesce(filter->'values'->>0, '-infinity'), coalesce(filter->'values'->>1, 'infinity'), type)
  end;
end
$function$`;

/**
 * Installs the functions. `search_tickets` is made by its owner, so that it can be replaced when the read model is installed
 * again; `search_condition` is called by it alone.
 */
export const searchFunction: readonly string[] = [
  'grant select on ticket_search to ld_search',
  SEARCH_CONDITION,
  'revoke all on function search_condition(jsonb) from public',
  'grant execute on function search_condition(jsonb) to ld_search',
  'grant create on schema public to ld_search',
  'set local role ld_search',
  SEARCH_TICKETS,
  'revoke all on function search_tickets(jsonb, int) from public',
  'grant execute on function search_tickets(jsonb, int) to ld_app',
  'reset role',
  'revoke create on schema public from ld_search',
];
