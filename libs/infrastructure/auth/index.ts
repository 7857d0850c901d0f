export { Abilities, type AbilityRule, type DeskAbility } from './abilities.js';
export { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
export { API_KEY_SCHEME, ForKeys, isApiKey, KEY_HOLDERS, type KeyHolders } from './api-keys.js';
export { AuthModule } from './auth.module.js';
export { Authentication, type VerifiedToken } from './authentication.js';
export { Catalogue, type Grantable, type GrantablePermission } from './catalogue.js';
export { accessDenied, authorize, subject, workspaceSuspended } from './authorize.js';
export {
  type Asker,
  BeforeSetUp,
  Can,
  CurrentAsker,
  CurrentMember,
  FreshProof,
  Public,
  WhileSuspended,
} from './decorators.js';
export type { MemberRequest } from './member-request.js';
export type { ConditionalGrant, ImpersonatedMay, Permissions } from './permissions.js';
export { CurrentPlatformAdmin, ForPlatformAdmins, PlatformAuthentication, PlatformGuard } from './platform.guard.js';
export { type PlatformAdmin, PLATFORM_ADMINS, type PlatformAdmins } from './platform-admin.js';
export { PLATFORM_TOKEN_SECONDS, PlatformTokens } from './platform-tokens.js';
export {
  type KeyClaim,
  IMPERSONATED,
  type Impersonated,
  type Impersonator,
  type Principal,
  type Proof,
  PROOF_METHODS,
  type ProofMethod,
  type SeatClaim,
  SEATS,
  type Seats,
} from './principal.js';
export { type Role, type RoleName, ROLES } from '@ledgerdesk/kernel';
