import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Abilities } from './abilities.js';
import { Authentication } from './authentication.js';
import { accessDenied, authorize, setUpRequired, stepUpRequired, workspaceSuspended } from './authorize.js';
import { bearerOf } from './bearer-of.js';
import {
  BEFORE_SET_UP,
  FRESH_PROOF,
  IS_PLATFORM,
  IS_PUBLIC,
  type Need,
  NEEDS,
  OPEN_WHILE_SUSPENDED,
} from './decorators.js';
import type { MemberRequest } from './member-request.js';

/** Methods that change nothing. */
const READING = ['GET', 'HEAD'];

/**
 * Stands before every HTTP route: 401 without a valid access token, 403 when the role lacks the permission that the route
 * names with `@Can`, and 403 as well when the route names none. Who lacks what the workspace asks of its members gets no further than to the
 * routes that help with it. What is marked with `@FreshProof` wants a password shown within the last ten minutes.
 * In a suspended workspace every route that changes something answers 403 `workspace.suspended`, unless it is marked with `@WhileSuspended`.
 */
@Injectable()
export class MemberGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Sockets show their token once, in the handshake.
    if (context.getType() !== 'http') return true;
    const route = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, route) === true) return true;
    // These have a guard of their own, which takes no token of a member.
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PLATFORM, route) === true) return true;
    const request = context.switchToHttp().getRequest<MemberRequest>();
    const verified = await this.authentication.recognise(bearerOf(request));
    if (!verified) throw new UnauthorizedException();
    const early = this.reflector.getAllAndOverride<boolean | undefined>(BEFORE_SET_UP, route) === true;
    if (verified.member.mustSetUp !== undefined && !early) throw setUpRequired();
    const need = this.reflector.getAllAndOverride<Need | undefined>(NEEDS, route);
    if (!need) throw accessDenied();
    authorize(this.abilities.abilityFor(verified.member), need.action, need.subject);
    if (verified.member.isSuspended && !READING.includes(request.method)) {
      const isOpen = this.reflector.getAllAndOverride<boolean | undefined>(OPEN_WHILE_SUSPENDED, route) === true;
      if (!isOpen) throw workspaceSuspended();
    }
    // Last: nobody is asked for a password in order to be told that their role does not allow it.
    const wantsProof = this.reflector.getAllAndOverride<boolean | undefined>(FRESH_PROOF, route) === true;
    if (wantsProof && !this.authentication.isFresh(verified.proof)) throw stepUpRequired();
    request.principal = verified.member;
    request.sees = this.abilities.sightOf(verified.member);
    return true;
  }
}
