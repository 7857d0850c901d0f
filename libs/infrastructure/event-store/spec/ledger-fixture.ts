import { randomUUID } from 'node:crypto';
import { deriveKey } from '@ledgerdesk/config';
import { type Clock, type CommandContext, systemClock } from '@ledgerdesk/kernel';
import type { TestDatabase } from '@ledgerdesk/testing';
import { EventCodec } from '../codec/event-codec.js';
import { UpcasterRegistry } from '../codec/upcasters.js';
import type { CommandLine } from '../commands/command-line.js';
import { CommandRunner } from '../commands/command-runner.js';
import { KeyRing } from '../keys/key-ring.js';
import { type Destruction, KeyTable } from '../keys/key-table.js';
import { Ledger } from '../ledger.js';
import { PostgresEventStore } from '../postgres/postgres-event-store.js';
import { WorkspaceConnections } from '../postgres/workspace-connections.js';

/** The ledger of one process, wired by hand on a test database. */
export class LedgerFixture {
  readonly connections: WorkspaceConnections;
  readonly store: PostgresEventStore;
  readonly keys: KeyRing;
  readonly upcasters = new UpcasterRegistry();
  readonly codec: EventCodec;
  readonly ledger: Ledger;
  readonly runner: CommandRunner;
  readonly lines: CommandLine[] = [];

  constructor(database: TestDatabase, clock: Clock = systemClock) {
    this.connections = new WorkspaceConnections({ url: database.appUrl });
    this.store = new PostgresEventStore({ ...database, connections: this.connections });
    this.keys = new KeyRing(new KeyTable(this.connections), deriveKey(database.installationKey, 'key-wrapping'));
    this.codec = new EventCodec(this.keys, this.upcasters);
    this.ledger = new Ledger(this.store, this.codec);
    this.runner = new CommandRunner(this.store, this.codec, { clock, onCommand: (line) => this.lines.push(line) });
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.connections.close();
  }
}

/** Why a key of a test is destroyed. */
export function destructionOf(keyId: string): Destruction {
  return {
    keyId,
    person: `customer:${keyId}`,
    requestedEvent: randomUUID(),
    requestedAt: '2026-11-20T09:00:00.000Z',
  };
}

/** The context of a fresh command by a member. */
export function context(workspaceId: string, change: Partial<CommandContext> = {}): CommandContext {
  return { workspaceId, actor: 'member:alice', commandId: randomUUID(), correlationId: 'c', ...change };
}
