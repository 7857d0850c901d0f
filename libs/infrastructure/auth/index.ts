export { Abilities, type AbilityRule, type DeskAbility } from './abilities.js';
export { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
export { AuthModule } from './auth.module.js';
export { Authentication, type VerifiedToken } from './authentication.js';
export { accessDenied, authorize, subject } from './authorize.js';
export { Can, CurrentMember, Public } from './decorators.js';
export type { MemberRequest } from './member.guard.js';
export type { ConditionalGrant, Permissions } from './permissions.js';
export { type Principal, ROLES, type Role, type SeatClaim, SEATS, type Seats } from './principal.js';
