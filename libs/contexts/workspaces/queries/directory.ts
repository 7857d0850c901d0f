import { Inject, Injectable } from '@nestjs/common';
import { ERASED, fold, type Recorded } from '@ledgerdesk/kernel';
import {
  EVENT_STORE,
  EventCodec,
  type EventStore,
  type StoredEvent,
  StreamNotFound,
  streamName,
} from '@ledgerdesk/event-store';
import { memberDecider } from '../domain/member.decider.js';
import type { MemberEvent } from '../domain/member.events.js';
import type { Member } from '../domain/member.js';
import { roleDecider } from '../domain/role.decider.js';
import type { RoleEvent } from '../domain/role.events.js';
import type { WorkspaceRole } from '../domain/role.js';
import { teamDecider } from '../domain/team.decider.js';
import type { TeamEvent } from '../domain/team.events.js';
import type { Team } from '../domain/team.js';
import { workspaceDecider } from '../domain/workspace.decider.js';
import type { WorkspaceEvent } from '../domain/workspace.events.js';
import type { Workspace } from '../domain/workspace.js';

export interface NamedMember extends Member {
  /** Null once the person was erased. */
  readonly name: string | null;
  /** Revision of the last event. */
  readonly version: number;
}

export interface VersionedWorkspace extends Workspace {
  /** Revision of its last event. */
  readonly version: number;
}

export interface VersionedRole extends WorkspaceRole {
  /** Revision of its last event. */
  readonly version: number;
}

/**
 * Members, roles, teams and workspaces straight from the ledger. Who may do what must not depend on how far a read model has come, and
 * their streams are short.
 */
@Injectable()
export class Directory {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
  ) {}

  /** The seat as it stands now; `undefined` when there is none. Nothing is decrypted. */
  async member(workspaceId: string, memberId: string): Promise<Member | undefined> {
    const stored = await this.#read(memberDecider.category, workspaceId, memberId);
    return fold(memberDecider, this.codec.sealedView(stored) as readonly Recorded<MemberEvent>[]);
  }

  async namedMember(workspaceId: string, memberId: string): Promise<NamedMember | undefined> {
    const stored = await this.#read(memberDecider.category, workspaceId, memberId);
    const events = (await this.codec.open(stored)) as readonly Recorded<MemberEvent>[];
    const member = fold(memberDecider, events);
    return member && { ...member, name: newestName(events), version: events.length - 1 };
  }

  async workspace(workspaceId: string): Promise<VersionedWorkspace | undefined> {
    const stored = await this.#read(workspaceDecider.category, workspaceId, workspaceId);
    const workspace = fold(workspaceDecider, this.codec.sealedView(stored) as readonly Recorded<WorkspaceEvent>[]);
    return workspace && { ...workspace, version: stored.length - 1 };
  }

  async role(workspaceId: string, roleId: string): Promise<VersionedRole | undefined> {
    const stored = await this.#read(roleDecider.category, workspaceId, roleId);
    const role = fold(roleDecider, this.codec.sealedView(stored) as readonly Recorded<RoleEvent>[]);
    return role && { ...role, version: stored.length - 1 };
  }

  async team(workspaceId: string, teamId: string): Promise<Team | undefined> {
    const stored = await this.#read(teamDecider.category, workspaceId, teamId);
    return fold(teamDecider, this.codec.sealedView(stored) as readonly Recorded<TeamEvent>[]);
  }

  async #read(category: string, workspaceId: string, id: string): Promise<readonly StoredEvent[]> {
    try {
      return await this.store.read(streamName(category, workspaceId, id));
    } catch (error) {
      if (error instanceof StreamNotFound) return [];
      throw error;
    }
  }
}

function newestName(events: readonly MemberEvent[]): string | null {
  const named = events.findLast((event) => 'name' in event.data);
  if (!named || !('name' in named.data) || named.data.name.text === ERASED) return null;
  return named.data.name.text;
}
