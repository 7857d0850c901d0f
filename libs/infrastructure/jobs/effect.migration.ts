import { Migration } from '@mikro-orm/migrations';
import { tenantTable } from '@ledgerdesk/read-store';

/** What reactions have planned, performed and dropped. Not rebuildable: it says what has left the house. */
export class Migration20261120_05_effects extends Migration {
  override up(): void {
    this.addSql(`create table effect (
      reaction text not null,
      event_id uuid not null,
      workspace_id uuid not null,
      stream text not null,
      revision int not null,
      subject text not null,
      correlation_id text not null,
      due timestamptz not null,
      outward_id uuid not null,
      state text not null default 'pending' check (state in ('pending', 'done', 'obsolete', 'cancelled', 'failed')),
      attempts int not null default 0,
      queued_until timestamptz not null default '-infinity',
      running_until timestamptz not null default '-infinity',
      reason text,
      primary key (reaction, event_id)
    )`);
    this.addSql(`create index effect_due on effect (reaction, due) where state = 'pending'`);
    this.addSql(`create index effect_subject on effect (reaction, subject) where state = 'pending'`);
    for (const statement of tenantTable('effect', 'select')) this.addSql(statement);
  }
}

/** Requests plan timers too, and may drop them; what became of an effect, only the worker says. */
export class Migration20261120_09_timers_of_requests extends Migration {
  override up(): void {
    this.addSql('grant insert, update (state) on effect to ld_app');
  }
}

/** Tables of this library. */
export const jobMigrations = [Migration20261120_05_effects, Migration20261120_09_timers_of_requests] as const;
