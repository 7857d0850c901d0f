import { defineProblem } from '@ledgerdesk/http';

export const invitationProblems = {
  notFound: defineProblem(
    'invitation.not-found',
    404,
    'There is no such invitation',
    'None of this workspace has this id. Read the list again.',
  ),
  exists: defineProblem(
    'invitation.exists',
    409,
    'This address is invited already',
    'Send the invitation again, or withdraw it first.',
  ),
  seated: defineProblem(
    'invitation.seated',
    409,
    'Somebody with this address is a member',
    'Change their role, or let them in again, in the list of members.',
  ),
  accepted: defineProblem('invitation.accepted', 409, 'The invitation was accepted', 'Read the list of members again.'),
  withdrawn: defineProblem('invitation.withdrawn', 409, 'The invitation was withdrawn', 'Invite the person again.'),
  tooMany: defineProblem(
    'invitation.too-many',
    409,
    'There are too many invitations',
    'An invitation is sent ten times at most, and five hundred are open at most. Withdraw some first.',
  ),
  emailInvalid: defineProblem(
    'invitation.email-invalid',
    422,
    'This is not one e-mail address',
    'Write one address, such as kim@example.com, without a name.',
  ),
  void: defineProblem(
    'invitation.void',
    422,
    'The invitation is not good any more',
    'It was accepted or withdrawn, is older than seven days, or a newer one was sent. Ask whoever invited you for another.',
  ),
  proofRefused: defineProblem(
    'invitation.proof-refused',
    422,
    'This is not the password of your account',
    'You have an account here. Show its password, and the code of your second factor if you have one.',
  ),
  tooManyAttempts: defineProblem(
    'invitation.too-many-attempts',
    429,
    'Too many attempts to accept the invitation',
    'Wait for the seconds of Retry-After and try again.',
  ),
} as const;
