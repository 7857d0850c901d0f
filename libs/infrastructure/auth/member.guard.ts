import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Abilities } from './abilities.js';
import { Authentication } from './authentication.js';
import { accessDenied, authorize } from './authorize.js';
import { bearerOf } from './bearer-of.js';
import { IS_PLATFORM, IS_PUBLIC, type Need, NEEDS } from './decorators.js';
import type { MemberRequest } from './member-request.js';

/**
 * Stands before every HTTP route: 401 without a valid access token, 403 when the role lacks the permission that the route
 * names with `@Can`, and 403 as well when the route names none.
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
    const verified = await this.authentication.verify(bearerOf(request));
    if (!verified) throw new UnauthorizedException();
    const need = this.reflector.getAllAndOverride<Need | undefined>(NEEDS, route);
    if (!need) throw accessDenied();
    authorize(this.abilities.abilityFor(verified.member), need.action, need.subject);
    request.principal = verified.member;
    request.sees = this.abilities.sightOf(verified.member);
    return true;
  }
}
