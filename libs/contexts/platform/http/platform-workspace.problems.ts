import { defineProblem } from '@ledgerdesk/http';

export const platformWorkspaceProblems = {
  notFound: defineProblem(
    'workspace.not-found',
    404,
    'There is no such workspace',
    'No workspace of this installation has this id.',
  ),
  reasonInvalid: defineProblem(
    'workspace.reason-invalid',
    422,
    'There is no reason',
    'Say why, in 1 to 500 characters: the people of the workspace read it.',
  ),
};
