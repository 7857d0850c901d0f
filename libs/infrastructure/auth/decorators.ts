import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Sight } from '@ledgerdesk/kernel';
import type { Principal } from './principal.js';
import type { MemberRequest } from './member-request.js';

export const IS_PUBLIC = 'ledgerdesk:public';
/** Set together with the guard that stands there instead; see `ForPlatformAdmins`. */
export const IS_PLATFORM = 'ledgerdesk:platform';
export const OPEN_WHILE_SUSPENDED = 'ledgerdesk:open-while-suspended';
export const NEEDS = 'ledgerdesk:needs';
export const FRESH_PROOF = 'ledgerdesk:fresh-proof';
export const BEFORE_SET_UP = 'ledgerdesk:before-set-up';

/** The permission that a route asks for. */
export interface Need {
  readonly action: string;
  readonly subject: string;
}

/** Opens a route to callers without a credential. Every other route is closed. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(IS_PUBLIC, true), ApiSecurity({}));

/** Opens a route to members whose role has the permission. A route with neither `@Public` nor `@Can` answers 403 to everybody. */
export const Can = (action: string, subject: string): MethodDecorator & ClassDecorator =>
  SetMetadata(NEEDS, { action, subject } satisfies Need);

/** For what can not be taken back or opens doors: asks for somebody who has shown who they are within the last ten minutes. */
export const FreshProof = (): MethodDecorator => SetMetadata(FRESH_PROOF, true);

/** Opens a route also to members who still have to set up what their workspace asks for: it is needed for that, or harmless. */
export const BeforeSetUp = (): MethodDecorator => SetMetadata(BEFORE_SET_UP, true);
/**
 * Leaves a route that changes something open in a suspended workspace: what people do to their own account, and what takes the
 * workspace's own data out. Routes that only read need no mark.
 */
export const WhileSuspended = (): MethodDecorator => SetMetadata(OPEN_WHILE_SUSPENDED, true);

/** The member who asks, as a parameter of a route that is not public. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<MemberRequest>();
  if (!principal) throw new Error('A public route has no member.');
  return principal;
});

/** A member together with what they see, for questions and commands about single tickets. */
export interface Asker extends Pick<Principal, 'workspaceId' | 'memberId'> {
  /** Absent for who sees everything. */
  readonly sees?: Sight;
}

/** Who asks, and what they see, as a parameter of a route that is not public. */
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => {
  const { principal, sees } = context.switchToHttp().getRequest<MemberRequest>();
  if (!principal) throw new Error('A public route has no member.');
  const { workspaceId, memberId } = principal;
  return { workspaceId, memberId, ...(sees && { sees }) };
});
