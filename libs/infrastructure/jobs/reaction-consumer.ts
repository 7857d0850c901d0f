import { nameId, type Recorded } from '@ledgerdesk/kernel';
import type { LedgerConsumer, Sql } from '@ledgerdesk/read-store';
import type { Reaction } from './reaction.js';

interface Subject {
  readonly workspace_id: string;
  readonly subject: string;
}

interface PlannedEffect extends Subject {
  readonly event_id: string;
  readonly stream: string;
  readonly revision: number;
  readonly correlation_id: string;
  readonly due: string;
  readonly outward_id: string;
}

/** The checkpoint name of a reaction's consumer. */
export function reactionConsumerName(reaction: string): string {
  return `reaction:${reaction}`;
}

/** Turns events into rows of `effect`, in the transaction of the reaction's checkpoint. */
export class ReactionConsumer implements LedgerConsumer {
  readonly name: string;
  readonly version = 1;
  readonly categories: readonly string[];
  private hasPlanned = false;

  /** `planned` is called after a commit that planned something. */
  constructor(
    private readonly reaction: Reaction,
    private readonly planned: () => void,
  ) {
    this.name = reactionConsumerName(reaction.name);
    this.categories = reaction.categories;
  }

  /** What makes the reaction fail is its own affair; `apply` will meet it again, where the event can be put aside. */
  concerns(event: Recorded): boolean {
    if (event.metadata.imported) return false;
    try {
      return this.reaction.effectsOf(event).length > 0;
    } catch {
      return true;
    }
  }

  async apply(sql: Sql, events: readonly Recorded[]): Promise<void> {
    const { cancelled, effects } = this.plan(this.reaction.outward ? await withoutTakenHistory(sql, events) : events);
    this.hasPlanned = effects.length > 0;
    const { name } = this.reaction;
    if (cancelled.length > 0)
      await sql.rows(
        `update effect e set state = 'cancelled'
         from json_to_recordset($2::json) as r(workspace_id uuid, subject text)
         where e.reaction = $1 and e.subject = r.subject and e.workspace_id = r.workspace_id and e.state = 'pending'`,
        [name, JSON.stringify(cancelled)],
      );
    if (effects.length > 0)
      await sql.rows(
        `insert into effect
           (reaction, event_id, workspace_id, stream, revision, subject, correlation_id, due, outward_id)
         select $1, event_id, workspace_id, stream, revision, subject, correlation_id, due, outward_id
         from json_to_recordset($2::json) as r(event_id uuid, workspace_id uuid, stream text, revision int,
           subject text, correlation_id text, due timestamptz, outward_id uuid)
         on conflict do nothing`,
        [name, JSON.stringify(effects)],
      );
  }

  settled(outcome: 'committed' | 'rolled-back'): void {
    if (outcome === 'committed' && this.hasPlanned) this.planned();
    this.hasPlanned = false;
  }

  private plan(events: readonly Recorded[]): {
    readonly cancelled: readonly Subject[];
    readonly effects: readonly PlannedEffect[];
  } {
    const cancelled: Subject[] = [];
    let effects: PlannedEffect[] = [];
    for (const event of events) {
      if (event.metadata.imported) continue;
      const { workspaceId } = event.metadata;
      for (const change of this.reaction.effectsOf(event)) {
        if (change.kind === 'perform') effects.push(this.planOne(event, change.subject, change.due));
        else {
          cancelled.push({ workspace_id: workspaceId, subject: change.subject });
          effects = effects.filter(
            (effect) => effect.workspace_id !== workspaceId || effect.subject !== change.subject,
          );
        }
      }
    }
    return { cancelled, effects };
  }

  private planOne(event: Recorded, subject: string, due: string | undefined): PlannedEffect {
    const { workspaceId, correlationId, recordedAt } = event.metadata;
    return {
      event_id: event.id,
      workspace_id: workspaceId,
      stream: event.stream,
      revision: event.revision,
      subject,
      correlation_id: correlationId,
      due: due ?? recordedAt,
      outward_id: nameId('outward', this.reaction.name, event.id),
    };
  }
}

/** What has happened since in workspaces that were moved here, and everything in the others. */
async function withoutTakenHistory(sql: Sql, events: readonly Recorded[]): Promise<readonly Recorded[]> {
  const workspaces = [...new Set(events.map(({ metadata }) => metadata.workspaceId))];
  const rows = await sql.rows<{ id: string; until: Date }>(
    'select workspace_id as id, history_until as until from taken_history where workspace_id = any($1::uuid[])',
    [workspaces],
  );
  const until = new Map(rows.map((row) => [row.id, row.until.getTime()]));
  return events.filter(({ metadata }) => Date.parse(metadata.recordedAt) > (until.get(metadata.workspaceId) ?? 0));
}
