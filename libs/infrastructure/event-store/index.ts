export { canonicalText } from './codec/canonical-json.js';
export { appendHistory } from './append-history.js';
export { checkEvent as checkHistoryEvent } from './check-append.js';
export { NO_PREVIOUS_HASH } from './codec/hash-chain.js';
export { type Link, linkOf, statedLink } from './codec/stored-link.js';
export { EventCodec, type NewEvent, UnreadableEvent } from './codec/event-codec.js';
export { PersonalTexts, type TextPlace } from './codec/personal-texts.js';
export { type UpcastData, UpcasterRegistry, type Upcasters } from './codec/upcasters.js';
export { type BrokenLink, verifyStream } from './codec/verify-stream.js';
export { type CommandClass, commandHandlers } from './commands/command-handlers.js';
export { type CommandLine } from './commands/command-line.js';
export { CommandRunner, type CommandResult } from './commands/command-runner.js';
export { type IssuedCommand } from './commands/decide-all.js';
export { IssuedBy } from './commands/issued-by.js';
export { readWhole } from './commands/load.js';
export { refuseUnseen } from './commands/refuse-unseen.js';
export * from './errors.js';
export * from './event-store.js';
export { EventStoreModule, type EventStoreModuleOptions } from './event-store.module.js';
export {
  type ErasureReceipt,
  parseReceipts,
  receiptLines,
  ReceiptsUnreadable,
  replayReceipts,
} from './keys/erasure-receipts.js';
export { KeyRing } from './keys/key-ring.js';
export { type Destruction, KeyTable } from './keys/key-table.js';
export { keyWrapping, opensWorkspaceKey } from './keys/key-wrapping.js';
export { type MovedKey, KeyTransfer } from './keys/key-transfer.js';
export { Ledger } from './ledger.js';
export { ledgerMigrations } from './migrations.js';
export { type EventStoreHome, openEventStore } from './open-event-store.js';
export { DatabaseClock } from './postgres/database-clock.js';
export { PostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store.js';
export { WorkspaceConnections } from './postgres/workspace-connections.js';
export { parseStreamName, streamName, type StreamParts } from './stream-name.js';
