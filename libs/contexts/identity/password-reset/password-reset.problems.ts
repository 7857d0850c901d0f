import { defineProblem } from '@ledgerdesk/http';

export const passwordResetProblems = {
  void: defineProblem(
    'password-reset.void',
    422,
    'The link is not good any more',
    'It was used, is older than 30 minutes, a newer one was asked for, or the password was changed since. Ask for a new one.',
  ),
  tooMany: defineProblem(
    'password-reset.too-many-attempts',
    429,
    'Too many attempts to get a new password',
    'Wait for the seconds of Retry-After and try again. Signing in is not held up by this.',
  ),
  mailNotSetUp: defineProblem(
    'mail.not-set-up',
    503,
    'This installation sends no mail',
    'Ask the people who run it to set MAIL_URL.',
  ),
} as const;
