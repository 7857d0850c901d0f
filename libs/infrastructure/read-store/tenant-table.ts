/**
 * Statements that put a table under the tenancy rules: row level security forced, `ld_app` confined to the
 * workspace of its connection (setting `ld.workspace`), `ld_project` unconfined because the runner stamps the workspace itself.
 */
export function tenantTable(table: string, appGrants: string): readonly string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant on ${table} to ld_app
       using (workspace_id = (select current_setting('ld.workspace')::uuid))
       with check (workspace_id = (select current_setting('ld.workspace')::uuid))`,
    `create policy runner on ${table} to ld_project using (true) with check (true)`,
    `grant ${appGrants} on ${table} to ld_app`,
    `grant select, insert, update, delete on ${table} to ld_project`,
  ];
}
