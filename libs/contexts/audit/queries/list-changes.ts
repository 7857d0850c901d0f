import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Answer, Cursors } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { changeView } from '../http/changes.schemas.js';
import { type ChangeFilter, type ChangePlace, changeRows } from './change-rows.js';

export interface ChangeRange extends ChangeFilter {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** Who changed what in the configuration? A page of `ConfigurationChange`, newest first. */
export class ListChanges extends Query<Answer<object>> {
  constructor(
    readonly workspaceId: string,
    readonly range: ChangeRange,
  ) {
    super();
  }
}

const PAGE = 50;

@QueryHandler(ListChanges)
export class ListChangesHandler implements IQueryHandler<ListChanges> {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  async execute({ workspaceId, range }: ListChanges): Promise<Answer<object>> {
    const { limit = PAGE, after, ...filter } = range;
    const list = `listChanges${JSON.stringify(filter)}`;
    const behind = after === undefined ? undefined : this.cursors.open(workspaceId, list, after);
    const rows = await this.store.run(workspaceId, (sql) =>
      changeRows(sql, workspaceId, filter, behind as ChangePlace | undefined, limit + 1),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const next = last ? this.cursors.seal(workspaceId, list, [last.at.toISOString(), last.revision, last.id]) : null;
    const page = { next, hasMore: next !== null };
    return new Answer({ data: shown.map(changeView), page }, next === null ? {} : { next });
  }
}
