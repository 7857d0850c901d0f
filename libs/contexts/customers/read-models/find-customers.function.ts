/**
 * Row level security keeps `like` away from the trigram index, so candidates come from this function: it runs as `ld_search`,
 * takes the workspace from the connection's setting itself and answers with ids only, in the order of the list.
 * `after` is the sort name and the id of the last row that was shown, or null.
 */
const FIND_CUSTOMERS = `
create or replace function public.find_customers(pattern text, after_name text, after_id uuid, most int)
returns table (id uuid)
language plpgsql stable security definer rows 50
set search_path = pg_catalog, pg_temp
as $function$
begin
  return query execute format(
    $query$select c.id from public.customers c
           where c.workspace_id = %L::uuid and c.findable like %L and (%L::text is null or (c.sort_name, c.id) > (%L, %L::uuid))
           order by c.sort_name, c.id limit %s$query$,
    current_setting('ld.workspace')::uuid, pattern, after_name, after_name, after_id, most);
end
$function$`;

/** Made by its owner, so that it can be replaced when the read model is installed again. */
export const findCustomersFunction: readonly string[] = [
  'grant select on customers to ld_search',
  'grant create on schema public to ld_search',
  'set local role ld_search',
  FIND_CUSTOMERS,
  'revoke all on function find_customers(text, text, uuid, int) from public',
  'grant execute on function find_customers(text, text, uuid, int) to ld_app',
  'reset role',
  'revoke create on schema public from ld_search',
];
