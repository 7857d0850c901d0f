import type { Configuration } from './configuration.js';
import type { Environment } from './settings.js';

/** A sender that is good on one machine only: the catcher there takes anything. */
const LOCAL_SENDER = 'Ledgerdesk <ledgerdesk@localhost>';

/** Where mail goes; absent when it goes nowhere. */
export function mailOf({ MAIL_URL, MAIL_FROM, MAIL_CATCHER_PORT }: Environment): Pick<Configuration, 'mail'> {
  if (MAIL_URL === undefined) return {};
  return {
    mail: {
      url: MAIL_URL,
      from: MAIL_FROM ?? LOCAL_SENDER,
      ...(MAIL_CATCHER_PORT !== undefined && { catcherPort: MAIL_CATCHER_PORT }),
    },
  };
}
