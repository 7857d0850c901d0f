export { type Clock, systemClock } from './clock.js';
export type {
  CommandContext,
  DecisionContext,
  Decider,
  DomainEvent,
  EventMetadata,
  Recorded,
  Sight,
} from './decider.js';
export { fold } from './decider.js';
export { DomainError, type DomainErrorKind, type FieldConflict } from './domain-error.js';
export { commandId, newId, nameId, PLATFORM_WORKSPACE } from './ids.js';
export { ERASED, ERASING_EVENTS, ERASURE_REASONS, type ErasedText, type ErasureReason, Personal } from './personal.js';
export { actorOf, type Actor } from './actor.js';
export { type CustomRole, customRole, customRoleId, type Role, type RoleName, ROLES } from './role.js';
export { type Scope, SCOPES } from './scope.js';
export { characters, seenLine, seenProse } from './text.js';
