import { defineProblem } from '@ledgerdesk/http';

/** What signing in and the own account can be refused with; none of them tells whether an address has an account. */
export const problems = {
  refused: defineProblem(
    'sign-in.refused',
    401,
    'The sign-in was refused',
    'Address and password do not belong together, a code of the second factor is missing or not right, or the account has no seat here.',
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
  sessionNotFound: defineProblem(
    'session.not-found',
    404,
    'There is no such session',
    'None of your sessions has this id. Read the list again.',
  ),
  proofRefused: defineProblem(
    'proof.refused',
    422,
    'Password or code is not right',
    'Nothing was changed. Show the current password and, when a second factor is set up, a code that was not used before.',
  ),
  proofTooManyAttempts: defineProblem(
    'proof.too-many-attempts',
    429,
    'Too many attempts to show the password',
    'Wait for the seconds of Retry-After and try again. Signing in elsewhere is not held up by this.',
  ),
  secondFactorOn: defineProblem(
    'second-factor.on',
    409,
    'A second factor is set up already',
    'Turn it off first, or make new backup codes.',
  ),
  secondFactorOff: defineProblem('second-factor.off', 409, 'There is no second factor', 'Set one up first.'),
  secondFactorNotBegun: defineProblem(
    'second-factor.not-begun',
    409,
    'There is nothing to confirm',
    'Begin to set up a second factor first; then show a code of it.',
  ),
  secondFactorWrongCode: defineProblem(
    'second-factor.wrong-code',
    422,
    'The code is not right',
    'Type the six digits that the authenticator shows now, and see that the clock of its device is right.',
  ),
  passwordRefused: defineProblem(
    'password.refused',
    422,
    'The password was not changed',
    'The current password is not right, or the code of the second factor. Nothing was changed.',
  ),
  passwordTooManyAttempts: defineProblem(
    'password.too-many-attempts',
    429,
    'Too many attempts to change the password',
    'Wait for the seconds of Retry-After and try again. Signing in elsewhere is not held up by this.',
  ),
  passwordUnchanged: defineProblem(
    'password.unchanged',
    422,
    'The new password is the current one',
    'Choose another password than the one that you have.',
  ),
  passwordTooShort: defineProblem(
    'password.too-short',
    422,
    'The new password is too short',
    'A password has at least 12 characters. Several words make a good one.',
  ),
  passwordTooCommon: defineProblem(
    'password.too-common',
    422,
    'The new password is one that everybody tries',
    'Choose one that nobody guesses: several words that do not belong together.',
  ),
  passwordAboutYou: defineProblem(
    'password.about-you',
    422,
    'The new password says who you are or where you sign in',
    'It consists of your address or of the name of the desk. Choose one that has nothing to do with either.',
  ),
} as const;
