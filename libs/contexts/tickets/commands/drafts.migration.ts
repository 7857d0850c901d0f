import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';
import { REPLY_STATES } from '../domain/scheduled-reply.js';

/** Told after every change of a draft or a scheduled reply: `<workspace> <member> <ticket> <table> <version, 0 when it is gone>`. */
export const DRAFTS_CHANNEL = 'ticket_drafts';

const states = REPLY_STATES.map((state) => `'${state}'`).join(', ');

const STATEMENTS = [
  `create table draft (
     workspace_id uuid not null,
     member_id uuid not null,
     ticket_id uuid not null,
     version bigint not null,
     content text not null,
     seen_version int,
     primary key (workspace_id, member_id, ticket_id)
   )`,
  `create table scheduled_reply (
     reply_id uuid primary key,
     workspace_id uuid not null,
     member_id uuid not null,
     ticket_id uuid not null,
     version bigint not null,
     state text not null check (state in (${states})),
     content text,
     then_status text check (then_status in ('pending', 'solved')),
     seen_version int,
     send_at timestamptz not null,
     timer_id uuid not null,
     reason text,
     created_at timestamptz not null default now(),
     updated_at timestamptz not null default now()
   )`,
  'create index scheduled_reply_of_member on scheduled_reply (workspace_id, member_id, send_at, reply_id)',
  `create function tell_of_drafts() returns trigger language plpgsql as $$
   declare changed record;
   begin
     changed := coalesce(new, old);
     perform pg_notify('${DRAFTS_CHANNEL}', concat_ws(' ', changed.workspace_id, changed.member_id, changed.ticket_id,
       tg_table_name, case tg_op when 'DELETE' then 0 else changed.version end));
     return null;
   end $$`,
  ...['draft', 'scheduled_reply'].flatMap((table) => [
    `create trigger tell after insert or update or delete on ${table} for each row execute function tell_of_drafts()`,
    ...tenantTable(table, 'select, insert, update, delete'),
  ]),
];

/** What agents are writing and what waits to be sent. No read model: nothing could rebuild it. Texts are sealed. */
export class Migration20261120_09_drafts extends Migration {
  override up(): void {
    for (const statement of STATEMENTS) this.addSql(statement);
  }

  override down(): void {
    this.addSql('drop table draft, scheduled_reply');
    this.addSql('drop function tell_of_drafts');
  }
}
