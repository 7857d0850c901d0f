import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import { Api, listMembers, listTeams } from '@ledgerdesk/web-api';
import type { Member, Team } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';

/** The members and teams of the workspace, read once and kept, so that ids become names everywhere. */
@Injectable({ providedIn: 'root' })
export class People {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly memberList = signal<readonly Member[]>([]);
  private readonly teamList = signal<readonly Team[]>([]);
  readonly members = this.memberList.asReadonly();
  readonly teams = this.teamList.asReadonly();
  /** The signed-in member's own id. */
  readonly myId = computed(() => this.session.me()?.member.id);
  private readonly memberNames = computed(() => new Map(this.memberList().map((member) => [member.id, member.name])));
  private readonly teamNames = computed(() => new Map(this.teamList().map((team) => [team.id, team.name])));

  constructor() {
    effect(() => {
      const me = this.session.me();
      untracked(() => {
        this.memberList.set([]);
        this.teamList.set([]);
        if (me !== undefined) void this.read();
      });
    });
  }

  /** The name of a member; undefined while it is not known. */
  memberName(id: string | null | undefined): string | undefined {
    return id == null ? undefined : this.memberNames().get(id);
  }

  teamName(id: string | null | undefined): string | undefined {
    return id == null ? undefined : this.teamNames().get(id);
  }

  /** Reads both lists again, after a team was changed. A failure leaves what is known. */
  async read(): Promise<void> {
    const [members, teams] = await Promise.allSettled([this.api.invoke(listMembers), this.api.invoke(listTeams)]);
    if (members.status === 'fulfilled') this.memberList.set(members.value.data);
    if (teams.status === 'fulfilled') this.teamList.set(teams.value.data);
  }
}
