import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, changeRole, defineRole, getRole, listRoles, retireRole } from '@ledgerdesk/web-api';
import type { DefineRole, Roles, WorkspaceRole } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** The roles of the workspace and the permissions that they are made of, as the api said last. */
@Injectable()
export class RoleList {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly answer = signal<Roles | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);

  readonly roles = computed(() => (this.answer()?.data ?? []).filter(({ retired }) => !retired));
  readonly permissions = computed(() => this.answer()?.permissions ?? []);
  readonly problem = this.failure.asReadonly();
  readonly loading = computed(() => this.answer() === undefined && this.failure() === undefined);
  /** What the person may do themselves, and so may give. */
  readonly own = computed(() => {
    const role = this.session.me()?.member.role;
    return this.roles().find(({ id }) => id === role)?.permissions ?? [];
  });

  constructor() {
    void this.read();
  }

  async read(): Promise<void> {
    try {
      this.answer.set(await this.api.invoke(listRoles));
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }

  /** The version of a role that a change is to be based on. */
  async versionOf(role: WorkspaceRole): Promise<string> {
    const { headers } = await this.api.invoke$Response(getRole, { roleId: role.id });
    return headers.get('ETag') ?? '*';
  }

  async define(body: DefineRole): Promise<void> {
    await this.api.invoke(defineRole, { body });
    await this.read();
  }

  async change(role: WorkspaceRole, body: DefineRole, version: string): Promise<void> {
    await this.api.invoke(changeRole, { roleId: role.id, 'If-Match': version, body });
    await this.read();
  }

  async retire(role: WorkspaceRole): Promise<void> {
    await this.api.invoke(retireRole, { roleId: role.id, 'If-Match': await this.versionOf(role), body: {} });
    await this.read();
  }
}

/** Whether a role is one that this workspace made. */
export function isCustom(role: WorkspaceRole): boolean {
  return role.name !== null;
}
