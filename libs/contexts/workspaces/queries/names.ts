import { Inject, Injectable } from '@nestjs/common';
import { ReadStore } from '@ledgerdesk/read-store';

/** Ids by the name that somebody typed; a name that nobody has is missing. */
export type IdsByName = ReadonlyMap<string, readonly string[]>;

interface Match {
  readonly typed: string;
  readonly id: string;
}

/** Finds members and teams by what people type for them: the whole name or its first word, in any case. */
@Injectable()
export class Names {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  async members(workspaceId: string, typed: readonly string[]): Promise<IdsByName> {
    return this.#find(workspaceId, typed, MEMBERS);
  }

  async teams(workspaceId: string, typed: readonly string[]): Promise<IdsByName> {
    return this.#find(workspaceId, typed, TEAMS);
  }

  async #find(workspaceId: string, typed: readonly string[], text: string): Promise<IdsByName> {
    if (typed.length === 0) return new Map();
    const matches = await this.store.run(workspaceId, (sql) => sql.rows<Match>(text, [workspaceId, typed]));
    return new Map(
      typed.map((name) => [name, matches.filter((match) => match.typed === name).map(({ id }) => id)] as const),
    );
  }
}

function matching(table: 'members' | 'teams'): string {
  return `select typed, ${table}.id from unnest($2::text[]) as typed
          join ${table} on lower(name) = lower(typed) or starts_with(lower(name), lower(typed) || ' ')
          where workspace_id = $1::uuid`;
}

const MEMBERS = matching('members');
const TEAMS = matching('teams');
