import { type CanActivate, type ExecutionContext, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Scope } from '@ledgerdesk/kernel';
import { Abilities } from './abilities.js';
import { authorizeKey, isApiKey, KEY_HOLDERS, KEY_SCOPE, type KeyHolders } from './api-keys.js';
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
import type { Principal, Proof } from './principal.js';

/** Methods that change nothing. */
const READING = ['GET', 'HEAD'];

/**
 * Stands before every HTTP route: 401 without a valid access token or API key, 403 when the role lacks the permission that the
 * route names with `@Can`, or the key the scope that it names with `@ForKeys`, and 403 as well when the route names none. Who lacks
 * what the workspace asks of its members gets no further than to the routes that help with it. What is marked with `@FreshProof`
 * wants a password shown within the last ten minutes. In a suspended workspace every route that changes something answers 403
 * `workspace.suspended`, unless it is marked with `@WhileSuspended`.
 */
@Injectable()
export class MemberGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(KEY_HOLDERS) private readonly keys: KeyHolders,
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
    const verified = await this.#recognise(request);
    if (!verified) throw new UnauthorizedException();
    const { member, proof } = verified;
    const early = this.reflector.getAllAndOverride<boolean | undefined>(BEFORE_SET_UP, route) === true;
    if (member.mustSetUp !== undefined && !early) throw setUpRequired();
    authorizeKey(member, this.reflector.getAllAndOverride<Scope | undefined>(KEY_SCOPE, route));
    const need = this.reflector.getAllAndOverride<Need | undefined>(NEEDS, route);
    if (!need) throw accessDenied();
    authorize(this.abilities.abilityFor(member), need.action, need.subject);
    if (member.isSuspended && !READING.includes(request.method)) {
      const isOpen = this.reflector.getAllAndOverride<boolean | undefined>(OPEN_WHILE_SUSPENDED, route) === true;
      if (!isOpen) throw workspaceSuspended();
    }
    // Last: nobody is asked for a password in order to be told that their role does not allow it.
    const wantsProof = this.reflector.getAllAndOverride<boolean | undefined>(FRESH_PROOF, route) === true;
    if (wantsProof && !(proof && this.authentication.isFresh(proof))) throw stepUpRequired();
    request.principal = member;
    request.sees = this.abilities.sightOf(member);
    return true;
  }

  /** A key proves nothing about who shows it. */
  async #recognise(request: Request): Promise<{ readonly member: Principal; readonly proof?: Proof } | undefined> {
    const credential = bearerOf(request);
    if (!isApiKey(credential)) return this.authentication.recognise(credential);
    const member = await this.keys.holder(credential, request.ip ?? '');
    return member && { member };
  }
}
