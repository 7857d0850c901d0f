import { defineProblem } from '@ledgerdesk/http';

export const workspaceProblems = {
  memberNotFound: defineProblem(
    'member.not-found',
    404,
    'There is no such member',
    'Nobody with this id has a seat in this workspace.',
  ),
  memberOneself: defineProblem(
    'member.oneself',
    403,
    'Nobody changes their own seat',
    'Somebody else has to do it who may.',
  ),
  memberErased: defineProblem(
    'member.erased',
    409,
    'The member was erased',
    'The seat is gone for good. Invite the person again.',
  ),
  memberNoAccount: defineProblem(
    'member.no-account',
    409,
    'The member has no account',
    'People who only appear in imported history have no role. Invite them first.',
  ),
  lastOwner: defineProblem(
    'member.last-owner',
    409,
    'This is the last owner',
    'Make somebody else an owner first: a workspace without one could not be looked after.',
  ),
  teamNotFound: defineProblem(
    'team.not-found',
    404,
    'There is no such team',
    'The workspace has no team with this id.',
  ),
  workspaceNameEmpty: defineProblem('workspace.name-empty', 422, 'The name is empty', 'It has no visible text.'),
  timeZoneUnknown: defineProblem(
    'workspace.time-zone-unknown',
    422,
    'There is no such time zone',
    'Use a name of the IANA time zone database, such as Europe/Berlin.',
  ),
  languageUnknown: defineProblem(
    'workspace.language-unknown',
    422,
    'Not a language',
    'Use a BCP 47 tag, such as en or de-AT.',
  ),
  nameEmpty: defineProblem('team.name-empty', 422, 'The name is empty', 'It has no visible text.'),
  archived: defineProblem(
    'team.archived',
    409,
    'The team is archived',
    'An archived team does not change any more. Create a new one.',
  ),
  full: defineProblem('team.full', 409, 'The team is full', 'Remove a member first, or create another team.'),
};
