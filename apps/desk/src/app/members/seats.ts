import { Injectable, computed, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Api, listInvitations, listRoles, listSeats } from '@ledgerdesk/web-api';
import type { Invitation, Member, WorkspaceRole } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';
import { People } from '../tickets/stores/people';

/** A member with what only those see who look after members. */
export interface SeatedMember extends Member {
  readonly email: string | null;
  readonly lastSeenAt: string | null;
}

interface Seen {
  readonly email: string;
  readonly lastSeenAt: string | null;
}

/** Members, invitations and roles for the page of members. Provided by that page. */
@Injectable()
export class Seats {
  private readonly api = inject(Api);
  private readonly people = inject(People);
  private readonly session = inject(Session);
  private readonly texts = inject(TranslocoService);
  private readonly seen = signal<ReadonlyMap<string, Seen>>(new Map());
  private readonly roleList = signal<readonly WorkspaceRole[]>([]);
  private readonly invited = signal<readonly Invitation[]>([]);
  readonly invitations = this.invited.asReadonly();
  readonly loading = signal(true);
  readonly problem = signal<Problem | undefined>(undefined);
  /** Who can work here, by name; people who only appear in imported history are no part of it. */
  readonly members = computed<readonly SeatedMember[]>(() =>
    this.people
      .members()
      .filter(({ canSignIn, status }) => canSignIn && status !== 'erased')
      .map((member) => ({ ...member, email: null, lastSeenAt: null, ...this.seen().get(member.id) }))
      .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '')),
  );
  /** Roles that can be given: those of the six, and of the workspace, that are not above one's own. */
  readonly givable = computed(() => {
    const own = this.session.me()?.member.role;
    return this.roleList().filter(({ id, retired }) => !retired && (id !== 'owner' || own === 'owner'));
  });

  constructor() {
    void this.read();
  }

  async read(): Promise<void> {
    this.loading.set(true);
    this.problem.set(undefined);
    try {
      const [seats, invitations, roles] = await Promise.all([
        this.api.invoke(listSeats),
        this.api.invoke(listInvitations),
        this.api.invoke(listRoles),
        this.people.read(),
      ]);
      this.seen.set(new Map(seats.data.map(({ memberId, ...seen }) => [memberId, seen])));
      this.invited.set(invitations.data);
      this.roleList.set(roles.data);
    } catch (error) {
      this.problem.set(problemOf(error));
    } finally {
      this.loading.set(false);
    }
  }

  /** A role in the person's words. */
  roleName(role: string): string {
    return (
      this.roleList().find(({ id }) => id === role)?.name ??
      (role.startsWith('custom:') ? this.texts.translate('members.customRole') : this.texts.translate(`role.${role}`))
    );
  }
}
