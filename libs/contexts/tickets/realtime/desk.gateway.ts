import { Inject } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import { Authentication, type Principal } from '@ledgerdesk/auth';
import { DatabaseClock, EVENT_STORE, type EventStore, streamName } from '@ledgerdesk/event-store';
import { LIMITS, type Limits, PositionTokens } from '@ledgerdesk/http';
import { DomainError } from '@ledgerdesk/kernel';
import { limitSocket, REFUSED, signInSockets } from '@ledgerdesk/realtime';
import { Readings } from '../queries/readings.js';
import { TicketSight } from '../queries/ticket-sight.js';
import { ticketNotFound } from '../queries/ticket-views.js';
import { Absences, type MissedChanges } from './absences.js';
import { LiveAudience, memberOf, roomOf } from './live-audience.js';
import { LiveRights } from './live-rights.js';
import { LiveTickets } from './live-tickets.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const MESSAGES = { events: ['watch', 'unwatch', 'resume'], rate: 10, burst: 40, patience: 10 };
/** Nobody has more tickets open; without a limit one socket could fill the memory with rooms. */
const MOST_WATCHED = 50;

interface Refusal {
  readonly error: { readonly code: string; readonly message: string };
}

/** What a browser may ask over its socket: watch a ticket, stop watching it, and catch up after an absence. */
@WebSocketGateway({ namespace: '/desk' })
export class DeskGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(LiveAudience) private readonly audience: LiveAudience,
    @Inject(LiveTickets) private readonly live: LiveTickets,
    @Inject(Absences) private readonly absences: Absences,
    @Inject(TicketSight) private readonly sight: TicketSight,
    @Inject(Readings) private readonly readings: Readings,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
    @Inject(DatabaseClock) private readonly clock: DatabaseClock,
    @Inject(LiveRights) private readonly rights: LiveRights,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LIMITS) private readonly limits: Limits | undefined,
  ) {}

  afterInit(namespace: Namespace): void {
    signInSockets<Principal>(
      namespace,
      (token) => this.authentication.verify(token),
      this.clock,
      (socket, before) => {
        this.rights.recheck(socket, before);
      },
    );
    this.audience.open(namespace);
  }

  handleConnection(socket: Socket): void {
    limitSocket(socket, MESSAGES, async () => this.limits?.admitMessage(memberOf(socket)));
    this.audience.join(socket);
    // Joined first: whatever happens after this position is pushed.
    const position = this.tokens.seal(memberOf(socket).workspaceId, this.live.position);
    socket.emit('ready', { position });
  }

  handleDisconnect(socket: Socket): void {
    this.audience.leave(socket);
  }

  @SubscribeMessage('watch')
  async watch(socket: Socket, { ticketId }: { ticketId?: unknown }): Promise<{ ok: true; version: number } | Refusal> {
    return answered(async () => {
      if (typeof ticketId !== 'string' || !UUID.test(ticketId) || socket.rooms.size > MOST_WATCHED)
        throw ticketNotFound();
      const member = memberOf(socket);
      await this.sight.refuseUnseen(member, ticketId);
      await this.readings.record(member, 'ticket', () => [ticketId]);
      const stream = streamName('ticket', member.workspaceId, ticketId);
      await socket.join(roomOf(stream));
      return { ok: true as const, version: await this.#newestOf(stream) };
    });
  }

  /**
   * Read from the ledger, which is what is pushed, and when the room was joined: whatever is written later is pushed. The read
   * model may be behind, and what it has not shown yet may have been pushed before.
   */
  async #newestOf(stream: string): Promise<number> {
    const newest = await this.store.read(stream, { direction: 'backwards', max: 1 });
    return newest.at(0)?.revision ?? 0;
  }

  @SubscribeMessage('unwatch')
  async unwatch(socket: Socket, { ticketId }: { ticketId?: unknown }): Promise<{ ok: true }> {
    await socket.leave(roomOf(streamName('ticket', memberOf(socket).workspaceId, String(ticketId))));
    return { ok: true };
  }

  @SubscribeMessage('resume')
  async resume(
    socket: Socket,
    { position }: { position?: unknown },
  ): Promise<({ ok: true } & MissedChanges) | Refusal> {
    return answered(async () => {
      const missed = await this.absences.missedBy(memberOf(socket), typeof position === 'string' ? position : '');
      return { ok: true as const, ...missed };
    });
  }
}

/** Refusals by a rule keep their code; everything else says nothing about the server. */
async function answered<Reply>(reply: () => Promise<Reply>): Promise<Reply | Refusal> {
  try {
    return await reply();
  } catch (error) {
    if (!(error instanceof DomainError)) return REFUSED;
    return { error: { code: error.code, message: error.message } };
  }
}
