import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { bearerOf } from './bearer-of.js';
import { IS_PLATFORM } from './decorators.js';
import { type PlatformAdmin, PLATFORM_ADMINS, type PlatformAdmins } from './platform-admin.js';
import { PlatformTokens } from './platform-tokens.js';
import { RememberedTokens } from './remembered-tokens.js';

/** A request after the platform guard. */
interface PlatformRequest extends Request {
  platformAdmin?: PlatformAdmin;
}

/** Turns the token of a platform admin into the admin behind it. */
@Injectable()
export class PlatformAuthentication {
  readonly #tokens: RememberedTokens<{ admin: PlatformAdmin }, PlatformAdmin>;

  constructor(@Inject(PlatformTokens) tokens: PlatformTokens, @Inject(PLATFORM_ADMINS) admins: PlatformAdmins) {
    this.#tokens = new RememberedTokens(tokens, ({ admin }) => admins.current(admin));
  }

  /** `undefined` when the token is good for nothing (any more), and for every token of a member. */
  async verify(token: string): Promise<PlatformAdmin | undefined> {
    return this.#tokens.verify(token);
  }
}

/** Stands before the routes of platform admins: 401 for everybody else, whatever they are in a workspace. */
@Injectable()
export class PlatformGuard implements CanActivate {
  constructor(@Inject(PlatformAuthentication) private readonly authentication: PlatformAuthentication) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PlatformRequest>();
    const admin = await this.authentication.verify(bearerOf(request));
    if (!admin) throw new UnauthorizedException();
    request.platformAdmin = admin;
    return true;
  }
}

/** Opens a route, or all of a controller, to platform admins and to nobody else. */
export const ForPlatformAdmins = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(IS_PLATFORM, true), UseGuards(PlatformGuard));

/** The platform admin who asks, as a parameter of a route for them. */
export const CurrentPlatformAdmin = createParamDecorator((_: unknown, context: ExecutionContext): PlatformAdmin => {
  const { platformAdmin } = context.switchToHttp().getRequest<PlatformRequest>();
  if (!platformAdmin) throw new Error('Only a route for platform admins has one.');
  return platformAdmin;
});
