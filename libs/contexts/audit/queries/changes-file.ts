import { Inject, Injectable } from '@nestjs/common';
import { CSV_START, csvLine, Download } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory } from '@ledgerdesk/workspaces';
import type { ChangeValue } from '../domain/configuration-change.js';
import { type ChangeFilter, type ChangePlace, changeRows, type ToldChange } from './change-rows.js';

const PAGE = 500;
const HEADS = [
  'at',
  'actor',
  'actor_name',
  'kind',
  'subject',
  'event',
  'field',
  'from',
  'to',
  'cause',
  'revision',
  'event_id',
  'hash',
];

type Names = (memberId: string) => Promise<string>;

/** The changes of the configuration as a CSV file, one line per field, made page by page while it is sent. */
@Injectable()
export class ChangesFile {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  async of(workspaceId: string, filter: ChangeFilter): Promise<Download> {
    const slug = (await this.directory.workspace(workspaceId))?.slug ?? 'workspace';
    return new Download(this.#lines(workspaceId, filter), 'text/csv', `${slug}-changes.csv`);
  }

  async *#lines(workspaceId: string, filter: ChangeFilter): AsyncGenerator<string> {
    yield CSV_START + csvLine(HEADS);
    const nameOf = this.#names(workspaceId);
    let behind: ChangePlace | undefined;
    for (;;) {
      const rows = await this.store.run(workspaceId, (sql) => changeRows(sql, workspaceId, filter, behind, PAGE));
      for (const row of rows) yield await linesOf(row, nameOf);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      behind = [last.at.toISOString(), last.revision, last.id];
    }
  }

  /** Names are asked for once per file; there are not many who may change something. */
  #names(workspaceId: string): Names {
    const known = new Map<string, Promise<string>>();
    return (memberId) => {
      const name =
        known.get(memberId) ?? this.directory.namedMember(workspaceId, memberId).then((member) => member?.name ?? '');
      known.set(memberId, name);
      return name;
    };
  }
}

async function linesOf(row: ToldChange, nameOf: Names): Promise<string> {
  const [kind = '', id = ''] = row.actor.split(':');
  const name = kind === 'member' ? await nameOf(id) : '';
  const head = [row.at.toISOString(), row.actor, name, row.kind, row.subjectId, row.type];
  const tail = [row.cause, row.revision, row.id, row.hash];
  const changes = row.changes.length > 0 ? row.changes : [{ field: '', from: null, to: null }];
  return changes.map(({ field, from, to }) => csvLine([...head, field, textOf(from), textOf(to), ...tail])).join('');
}

function textOf(value: ChangeValue): string {
  if (value === null) return '';
  if (Array.isArray(value)) return (value as readonly ChangeValue[]).map(textOf).join(' ');
  return typeof value === 'object' ? '(erased)' : String(value);
}
