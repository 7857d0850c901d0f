import { Injectable } from '@nestjs/common';
import type { Namespace, Socket } from 'socket.io';
import type { Principal } from '@ledgerdesk/auth';
import { cutOff, hasFallenBehind, signedIn } from '@ledgerdesk/realtime';

/** Who listens on this node: sockets by workspace, and which tickets they watch. The server alone decides about rooms. */
@Injectable()
export class LiveAudience {
  readonly #sockets = new Map<string, Set<Socket>>();
  #namespace: Namespace | undefined;

  open(namespace: Namespace): void {
    this.#namespace = namespace;
  }

  join(socket: Socket): void {
    const { workspaceId } = memberOf(socket);
    const sockets = this.#sockets.get(workspaceId) ?? new Set<Socket>();
    this.#sockets.set(workspaceId, sockets.add(socket));
  }

  leave(socket: Socket): void {
    const { workspaceId } = memberOf(socket);
    const sockets = this.#sockets.get(workspaceId);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.#sockets.delete(workspaceId);
  }

  has(workspaceId: string): boolean {
    return this.#sockets.has(workspaceId);
  }

  members(workspaceId: string): readonly Socket[] {
    return [...(this.#sockets.get(workspaceId) ?? [])];
  }

  /** One message to many, encoded once; whoever does not read what it was told before is cut off. */
  tell(sockets: readonly Socket[], message: string, content: object): void {
    for (const socket of sockets) if (hasFallenBehind(socket)) cutOff(socket);
    if (sockets.length === 0) return;
    this.#namespace?.to(sockets.map(({ id }) => id)).emit(message, content);
  }
}

/** The member behind a socket. */
export function memberOf(socket: Socket): Principal {
  return signedIn<Principal>(socket).member;
}

/** The room of those who have a ticket open. */
export function roomOf(stream: string): string {
  return `${WATCHING}${stream}`;
}

export function isWatching(room: string): boolean {
  return room.startsWith(WATCHING);
}

const WATCHING = 'watching ';
