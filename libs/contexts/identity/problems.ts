import { defineProblem } from '@ledgerdesk/http';

/** What signing in can be refused with; none of them tells whether an address has an account. */
export const problems = {
  refused: defineProblem(
    'sign-in.refused',
    401,
    'The sign-in was refused',
    'Address and password do not belong together, or the account has no seat here.',
  ),
  tooManyAttempts: defineProblem(
    'sign-in.too-many-attempts',
    429,
    'Too many attempts to sign in',
    'Wait for the seconds of Retry-After and try again. Nobody is locked out for good.',
  ),
  busy: defineProblem(
    'sign-in.busy',
    503,
    'Too many people are signing in',
    'Nothing was checked or counted against you. Wait for the seconds of Retry-After and try again.',
  ),
  sessionEnded: defineProblem(
    'session.ended',
    401,
    'The session is over',
    'The refresh cookie is missing, too old, used before, or its session was ended. Sign in again.',
  ),
} as const;
