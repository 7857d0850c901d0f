import type { RequestHandler } from 'express';
import { caughtMailPage } from './caught-mail-page.js';
import type { MailCatcher } from './mail-catcher.js';

/** Nothing but the styles of the page itself; a mail that is shown as HTML can not even run what it would bring along. */
const NOTHING_ELSE = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;

/**
 * `/dev/mail` (all of it), `/dev/mail.json` (the same for programs), `/dev/mail/<id>` (one as HTML). Mounted at `/dev`, behind the rules
 * for requests: another site's name does not lead here.
 */
export function serveCaughtMail(catcher: MailCatcher): RequestHandler {
  return ({ method, path }, response, next) => {
    if (method !== 'GET') {
      next();
      return;
    }
    const mails = catcher.mails;
    const one = mails.find(({ id }) => path === `/mail/${String(id)}`);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', NOTHING_ELSE);
    if (path === '/mail') response.type('html').send(caughtMailPage(mails));
    else if (path === '/mail.json') response.json({ data: mails });
    else if (one) response.type('html').send(one.html);
    else next();
  };
}
