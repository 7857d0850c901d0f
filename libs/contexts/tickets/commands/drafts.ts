import { Inject, Injectable } from '@nestjs/common';
import { PersonalTexts } from '@ledgerdesk/event-store';
import { DomainError, type FieldConflict } from '@ledgerdesk/kernel';
import { ReadStore, type Sql } from '@ledgerdesk/read-store';
import { DRAFT_LIMITS } from '../domain/scheduled-reply.js';
import { type Asking, TicketStates } from '../queries/ticket-states.js';

/** Whose draft, and of which ticket. There is one, or none. */
export interface DraftOf extends Asking {
  readonly memberId: string;
  readonly ticketId: string;
}

export interface DraftTexts {
  readonly reply: string;
  readonly note: string;
  /** Version of the ticket that the writer had seen. */
  readonly seenVersion: number | null;
}

export interface Draft extends DraftTexts {
  /** 0 when nothing has been written; else the instant of the last change in milliseconds, or a little more. */
  readonly version: number;
}

interface Row {
  readonly version: string;
  readonly content: string;
  readonly seenVersion: number | null;
}

const NOTHING: Draft = { version: 0, reply: '', note: '', seenVersion: null };

const READ = `select version, content, seen_version as "seenVersion" from draft
  where workspace_id = $1 and member_id = $2 and ticket_id = $3`;

/** Versions go by the clock, so that a draft which was emptied and begun again never has an old one. */
const WRITE = `insert into draft (workspace_id, member_id, ticket_id, version, content, seen_version)
  values ($1, $2, $3, floor(extract(epoch from clock_timestamp()) * 1000), $4, $5)
  on conflict (workspace_id, member_id, ticket_id) do update set
    version = greatest(draft.version + 1, excluded.version), content = $4, seen_version = $5
  returning version`;

/** What agents are writing: one draft for each agent and ticket, sealed under the requester's key. */
@Injectable()
export class Drafts {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(PersonalTexts) private readonly texts: PersonalTexts,
    @Inject(TicketStates) private readonly states: TicketStates,
  ) {}

  /** @throws DomainError not-found `ticket.not-found` */
  async get(of: DraftOf): Promise<Draft> {
    await this.states.of(of, of.ticketId);
    return this.store.run(of.workspaceId, (sql) => this.#read(sql, of));
  }

  /** @throws DomainError stale `draft.stale` with both texts, conflict `draft.too-many`, `person.erased` */
  async save(of: DraftOf, texts: DraftTexts, basedOn: number | undefined): Promise<Draft> {
    return this.change(of, (known) => {
      const conflicts = conflictsOf(texts, known);
      if (basedOn === undefined || basedOn === known.version || conflicts.length === 0) return texts;
      const message = 'This draft was changed in another tab or on another device.';
      throw new DomainError('stale', 'draft.stale', message, conflicts);
    });
  }

  /** Changes the draft in a transaction of its own, or in the caller's. */
  async change(of: DraftOf, change: (known: Draft) => DraftTexts, within?: Sql): Promise<Draft> {
    const { ticket } = await this.states.of(of, of.ticketId);
    const work = (sql: Sql): Promise<Draft> =>
      sql.transaction(async () => {
        await lock(sql, of.memberId);
        const known = await this.#read(sql, of);
        const texts = change(known);
        if (conflictsOf(texts, known).length === 0 && texts.seenVersion === known.seenVersion) return known;
        return texts.reply.trim() === '' && texts.note.trim() === ''
          ? forget(sql, of)
          : this.#write(sql, of, ticket.requester.keyId, texts, known);
      });
    return within ? work(within) : this.store.run(of.workspaceId, work);
  }

  async #read(sql: Sql, of: DraftOf): Promise<Draft> {
    const [row] = await sql.rows<Row>(READ, [of.workspaceId, of.memberId, of.ticketId]);
    if (!row) return NOTHING;
    const content = await this.texts.open(placeOf(of), row.content);
    // An erased person's draft is as if nothing had been written.
    if (content === null) return { ...NOTHING, version: Number(row.version) };
    const { reply, note } = JSON.parse(content) as Pick<DraftTexts, 'reply' | 'note'>;
    return { version: Number(row.version), reply, note, seenVersion: row.seenVersion };
  }

  async #write(sql: Sql, of: DraftOf, keyId: string, texts: DraftTexts, known: Draft): Promise<Draft> {
    if (known.version === 0) await refuseTooManyDrafts(sql, of);
    const { reply, note, seenVersion } = texts;
    const content = await this.texts.seal(placeOf(of), keyId, JSON.stringify({ reply, note }));
    const values = [of.workspaceId, of.memberId, of.ticketId, content, seenVersion];
    const [row] = await sql.rows<{ version: string }>(WRITE, values);
    return { reply, note, seenVersion, version: Number(row?.version) };
  }
}

/** Whatever changes what one member has written goes one after the other, until the transaction ends. */
export async function lock(sql: Sql, memberId: string): Promise<void> {
  await sql.rows(`select pg_advisory_xact_lock(hashtextextended($1, 7105002))`, [memberId]);
}

function placeOf({ workspaceId, memberId, ticketId }: DraftOf): Parameters<PersonalTexts['seal']>[0] {
  return { workspaceId, keeper: 'draft', id: `${memberId} ${ticketId}` };
}

async function forget(sql: Sql, { workspaceId, memberId, ticketId }: DraftOf): Promise<Draft> {
  await sql.rows('delete from draft where workspace_id = $1 and member_id = $2 and ticket_id = $3', [
    workspaceId,
    memberId,
    ticketId,
  ]);
  return NOTHING;
}

async function refuseTooManyDrafts(sql: Sql, { workspaceId, memberId }: DraftOf): Promise<void> {
  const [row] = await sql.rows<{ count: string }>(
    'select count(*) as count from draft where workspace_id = $1 and member_id = $2',
    [workspaceId, memberId],
  );
  if (Number(row?.count) < DRAFT_LIMITS.draftsPerMember) return;
  const message = `At most ${String(DRAFT_LIMITS.draftsPerMember)} drafts are kept. Send or empty some of them.`;
  throw new DomainError('conflict', 'draft.too-many', message);
}

function conflictsOf(yours: DraftTexts, theirs: Draft): readonly FieldConflict[] {
  return (['reply', 'note'] as const)
    .filter((field) => yours[field] !== theirs[field])
    .map((field) => ({ field, yours: yours[field], theirs: theirs[field] }));
}
