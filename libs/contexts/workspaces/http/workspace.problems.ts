import { defineProblem } from '@ledgerdesk/http';

export const workspaceProblems = {
  memberNotFound: defineProblem(
    'member.not-found',
    404,
    'There is no such member',
    'Nobody with this id has a seat in this workspace.',
  ),
  teamNotFound: defineProblem(
    'team.not-found',
    404,
    'There is no such team',
    'The workspace has no team with this id.',
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
