import { Injectable, inject } from '@angular/core';
import { Session } from '@ledgerdesk/web-session';

/** In which voice a person writes. */
export type WritingMode = 'reply' | 'note';

/** What a person has begun to write in one ticket: a reply and a note are kept apart. */
export interface Draft {
  readonly mode: WritingMode;
  readonly reply: string;
  readonly note: string;
  /** Version of the ticket that the writer had seen. */
  readonly seen: number | undefined;
  /** Version of the draft on the server that this one goes on from; undefined: none. */
  readonly version?: number;
  /** Whether the server has exactly this. */
  readonly saved?: boolean;
}

const MOST = 50;
const PREFIX = 'ledgerdesk.draft.';

/** Drafts of this browser, per member and ticket. Storage that is full or forbidden costs the memory, never the screen. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly session = inject(Session);

  /** The draft for a ticket; undefined when there is none. */
  get(ticketId: string): Draft | undefined {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.name(ticketId)) ?? 'null');
      return isDraft(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps a draft; one without any text is forgotten instead. */
  keep(ticketId: string, draft: Draft): void {
    const name = this.name(ticketId);
    try {
      localStorage.removeItem(name);
      if (draft.reply.trim() === '' && draft.note.trim() === '') return;
      for (const old of this.others().slice(MOST - 1)) localStorage.removeItem(old);
      localStorage.setItem(name, JSON.stringify({ ...draft, keptAt: Date.now() }));
    } catch {
      return;
    }
  }

  /** Names of this browser's drafts, the newest first. */
  private others(): readonly string[] {
    const names = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
    return names
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => ({ name, at: keptAt(localStorage.getItem(name)) }))
      .sort((a, b) => b.at - a.at)
      .map(({ name }) => name);
  }

  private name(ticketId: string): string {
    return `${PREFIX}${this.session.me()?.member.id ?? ''}.${ticketId}`;
  }
}

function keptAt(text: string | null): number {
  const found = /"keptAt":(\d+)/u.exec(text ?? '');
  return Number(found?.[1] ?? 0);
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const draft = value as Partial<Record<keyof Draft, unknown>>;
  return (
    (draft.mode === 'reply' || draft.mode === 'note') &&
    typeof draft.reply === 'string' &&
    typeof draft.note === 'string'
  );
}
