import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Api, listMembers, listTeams } from '@ledgerdesk/web-api';
import type { Member, Team } from '@ledgerdesk/web-api';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import { Session } from '@ledgerdesk/web-session';

const PAGE = 100;

/** Stands for a name that is still on its way: neither "nobody" nor "somebody who left" would be true. */
const ON_ITS_WAY = '…';

interface Page<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
}

/** The members and teams of the workspace, read once and kept, so that ids become names everywhere. */
@Injectable({ providedIn: 'root' })
export class People {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly memberList = signal<readonly Member[]>([]);
  private readonly teamList = signal<readonly Team[]>([]);
  /** Everybody with a seat, also people who left or only appear in imported history. */
  readonly members = this.memberList.asReadonly();
  /** Members who can be given work, by name. */
  readonly assignable = computed(() =>
    this.memberList()
      .filter((member) => member.status === 'active' && member.canSignIn && member.role !== 'auditor')
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
  );
  /** Teams that are not archived: one's own first, then by name. */
  readonly teams = computed(() => {
    const me = this.myId();
    const mine = (team: Team): number => (me !== undefined && team.memberIds.includes(me) ? 0 : 1);
    return this.teamList()
      .filter((team) => !team.archived)
      .sort((a, b) => mine(a) - mine(b) || a.name.localeCompare(b.name, undefined, { numeric: true }));
  });
  /** The signed-in member's own id. */
  readonly myId = computed(() => this.session.me()?.member.id);
  private readonly memberNames = computed(() => new Map(this.memberList().map((member) => [member.id, member.name])));
  private readonly teamNames = computed(() => new Map(this.teamList().map((team) => [team.id, team.name])));
  /** Whether the lists were read for the one who is signed in, or could not be. */
  private readonly answered = signal(false);

  constructor() {
    effect(() => {
      const me = this.session.me();
      untracked(() => {
        this.memberList.set([]);
        this.teamList.set([]);
        this.answered.set(false);
        if (me !== undefined) void this.read();
      });
    });
    inject(LiveDesk)
      .resync.pipe(takeUntilDestroyed())
      .subscribe(() => void this.read());
  }

  /** The name of a member; an ellipsis while it is on its way, undefined when there is none, as after an erasure. */
  memberName(id: string | null | undefined): string | undefined {
    if (id == null) return undefined;
    return this.memberNames().get(id) ?? (this.answered() ? undefined : ON_ITS_WAY);
  }

  teamName(id: string | null | undefined): string | undefined {
    if (id == null) return undefined;
    return this.teamNames().get(id) ?? (this.answered() ? undefined : ON_ITS_WAY);
  }

  /** Reads both lists again, after a team was changed. A failure leaves what is known. */
  async read(): Promise<void> {
    const [members, teams] = await Promise.allSettled([
      wholeList((after) => this.api.invoke(listMembers, { limit: PAGE, ...(after === undefined ? {} : { after }) })),
      wholeList((after) => this.api.invoke(listTeams, { limit: PAGE, ...(after === undefined ? {} : { after }) })),
    ]);
    if (members.status === 'fulfilled') this.memberList.set(members.value);
    if (teams.status === 'fulfilled') this.teamList.set(teams.value);
    this.answered.set(true);
  }
}

async function wholeList<Row>(read: (after: string | undefined) => Promise<Page<Row>>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const { data, page } = await read(after);
    rows.push(...data);
    after = page.hasMore ? (page.next ?? undefined) : undefined;
  } while (after !== undefined);
  return rows;
}
