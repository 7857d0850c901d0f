import type { RequestLimits } from './configuration.js';
import type { Environment } from './settings.js';

const MINUTE = 60;
const TEN_MINUTES = 600;
const HOUR = 3_600;

/** A desk on one machine counts nobody unless it is told to; one that stands on the internet counts everybody. */
export function limitsOf(settings: Environment): { readonly limits?: RequestLimits } {
  if (!(settings.RATE_LIMITS ?? settings.LEDGERDESK_MODE === 'production')) return {};
  return {
    limits: {
      address: { quota: settings.RATE_LIMIT_ADDRESS, seconds: MINUTE },
      member: { quota: settings.RATE_LIMIT_MEMBER, seconds: MINUTE },
      key: { quota: settings.RATE_LIMIT_KEY, seconds: MINUTE },
      workspace: { quota: settings.RATE_LIMIT_WORKSPACE, seconds: MINUTE },
      ticket: { quota: settings.RATE_LIMIT_TICKET, seconds: TEN_MINUTES },
      search: { quota: settings.RATE_LIMIT_SEARCH, seconds: MINUTE },
      export: { quota: settings.RATE_LIMIT_EXPORT, seconds: HOUR },
      verification: { quota: settings.RATE_LIMIT_VERIFICATION, seconds: HOUR },
    },
  };
}
