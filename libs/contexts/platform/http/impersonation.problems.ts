import { defineProblem } from '@ledgerdesk/http';
import { platformWorkspaceProblems } from './platform-workspace.problems.js';

export const impersonationProblems = {
  workspaceNotFound: platformWorkspaceProblems.notFound,
  memberNotFound: defineProblem(
    'member.not-found',
    404,
    'There is no such member',
    'Nobody with this id can sign in to this workspace.',
  ),
  notFound: defineProblem(
    'impersonation.not-found',
    404,
    'You do not act as anybody under this id',
    'It is over, or somebody else began it. Begin again, with a reason.',
  ),
  refusedByWorkspace: defineProblem(
    'impersonation.refused-by-workspace',
    403,
    'The workspace does not allow it',
    'Its owners have switched off that those who run the installation act as its members. Ask them.',
  ),
  reasonInvalid: defineProblem(
    'impersonation.reason-invalid',
    422,
    'There is no reason',
    'Say why, in 1 to 500 characters: the people of the workspace read it.',
  ),
};
