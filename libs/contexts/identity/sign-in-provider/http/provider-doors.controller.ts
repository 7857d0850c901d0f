import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '@ledgerdesk/auth';
import { Log } from '@ledgerdesk/logging';
import { AuthCookies } from '../../http/cookies.js';
import { sessionOrigin } from '../../sessions/session-origin.js';
import { ProviderAttempts } from '../provider-attempts.js';
import { ProviderSessions } from '../provider-sessions.js';
import { ProviderSignIn } from '../provider-sign-in.js';
import { VOUCHED, type VouchedWord } from '../vouched-word.js';
import { FlowCookies } from './flow-cookies.js';

/** The one page behind every refusal: it tells nobody which workspaces there are, nor what was wrong. */
const REFUSED = '/sign-in?provider=refused';

/**
 * Two places that browsers go to, and no operations of the API: they answer with the way on. Neither takes an address from the request, and no
 * token stands in any address.
 */
@ApiExcludeController()
@Public()
@Controller('auth/oidc/:slug')
export class ProviderDoorsController {
  constructor(
    @Inject(ProviderSignIn) private readonly signIns: ProviderSignIn,
    @Inject(ProviderSessions) private readonly sessions: ProviderSessions,
    @Inject(ProviderAttempts) private readonly attempts: ProviderAttempts,
    @Inject(VOUCHED) private readonly vouched: VouchedWord,
    @Inject(AuthCookies) private readonly cookies: AuthCookies,
    @Inject(FlowCookies) private readonly flows: FlowCookies,
    @Inject(Log) private readonly log: Log,
  ) {}

  @Get('start')
  async start(
    @Param('slug') slug: string,
    @Query('to') to: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const begun = await this.attempts.counted(request.ip ?? '', () =>
      this.signIns.begin(slug, typeof to === 'string' ? to : undefined),
    );
    if (typeof begun === 'string') {
      this.#refuse(response, slug, begun);
      return;
    }
    this.flows.set(response, 'ld_flow', begun.flow);
    onwards(response, begun.address);
  }

  @Get('callback')
  async callback(@Param('slug') slug: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const word = this.flows.read(request, 'ld_flow');
    this.flows.clear(response, 'ld_flow');
    const { searchParams } = new URL(request.originalUrl, 'https://desk.invalid');
    const origin = sessionOrigin(request.headers['user-agent'], request.ip);
    const outcome = await this.attempts.counted(request.ip ?? '', async () => {
      const vouching = await this.signIns.finish(slug, searchParams, word);
      if (typeof vouching === 'string') return vouching;
      const opened = await this.sessions.open(vouching, origin);
      return typeof opened === 'string' ? opened : { opened, to: vouching.flow.to };
    });
    if (typeof outcome === 'string') {
      this.#refuse(response, slug, outcome);
      return;
    }
    const { opened, to } = outcome;
    if ('session' in opened) {
      this.cookies.setRefreshToken(response, opened.session.refreshToken);
      onwards(response, to);
      return;
    }
    this.flows.set(response, 'ld_vouched', this.vouched.write(opened));
    onwards(response, `/sign-in?provider=code&to=${encodeURIComponent(to)}`);
  }

  #refuse(response: Response, slug: string, reason: string): void {
    this.log.info({ slug: slug.slice(0, 40), reason }, 'sign-in by a provider refused');
    onwards(response, REFUSED);
  }
}

/** The address that is left holds a code; no page may tell it to another. */
function onwards(response: Response, address: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.redirect(303, address);
}
