import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import { Api, addTeamMember, archiveTeam, createTeam, removeTeamMember } from '@ledgerdesk/web-api';
import type { Member, Team } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import { Avatar, Icon, StatePanel, Toasts } from '@ledgerdesk/web-ui';
import { People } from '../tickets/stores/people';
import { refusalText } from '../tickets/stores/refusal-text';
import { ViewCounts } from '../tickets/stores/view-counts';

/** The teams of the workspace: who is in them, and, for those who lead the desk, changing that. */
@Component({
  selector: 'ld-teams-page',
  imports: [
    Avatar,
    Icon,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuContent,
    MatMenuItem,
    MatMenuTrigger,
    RouterLink,
    StatePanel,
    TranslocoPipe,
  ],
  templateUrl: './teams-page.html',
  styleUrl: './teams-page.scss',
})
export class TeamsPage {
  protected readonly people = inject(People);
  protected readonly counts = inject(ViewCounts).current;
  protected readonly name = signal('');
  protected readonly busy = signal(false);
  protected readonly mayCreate = computed(() => this.session.can('create', 'Team'));
  protected readonly mayEdit = computed(() => this.session.can('edit', 'Team'));
  protected readonly mayArchive = computed(() => this.session.can('archive', 'Team'));
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);

  protected membersOf(team: Team): readonly Member[] {
    return this.people.members().filter((member) => team.memberIds.includes(member.id));
  }

  protected othersFor(team: Team): readonly Member[] {
    return this.people.assignable().filter((member) => !team.memberIds.includes(member.id));
  }

  protected async createTeam(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name().trim();
    if (name !== '' && (await this.change(this.api.invoke(createTeam, { body: { name } })))) this.name.set('');
  }

  protected async addTeamMember(team: Team, member: Member): Promise<void> {
    await this.change(this.api.invoke(addTeamMember, { teamId: team.id, body: { memberId: member.id } }));
  }

  protected async removeTeamMember(team: Team, member: Member): Promise<void> {
    await this.change(this.api.invoke(removeTeamMember, { teamId: team.id, memberId: member.id }));
  }

  protected async archiveTeam(team: Team): Promise<void> {
    await this.change(this.api.invoke(archiveTeam, { teamId: team.id, 'If-Match': '*' }));
  }

  private async change(command: Promise<unknown>): Promise<boolean> {
    this.busy.set(true);
    try {
      await command;
      await this.people.read();
      return true;
    } catch (error) {
      this.toasts.refused(refusalText(problemOf(error), this.texts));
      return false;
    } finally {
      this.busy.set(false);
    }
  }
}
