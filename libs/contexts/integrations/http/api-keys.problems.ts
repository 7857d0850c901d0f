import { defineProblem } from '@ledgerdesk/http';

export const apiKeyProblems = {
  notFound: defineProblem(
    'api-key.not-found',
    404,
    'There is no such API key',
    'The workspace has no key with this id.',
  ),
  nameEmpty: defineProblem(
    'api-key.name-empty',
    422,
    'The key has no name',
    'Give it a name of up to 100 visible characters that says where the key is used.',
  ),
  expiryPast: defineProblem(
    'api-key.expiry-past',
    422,
    'The key would have expired already',
    'Choose a later day, or none.',
  ),
  notYours: defineProblem(
    'api-key.not-yours',
    403,
    'The key was made by somebody else',
    'A key acts for the member who made it, so nobody else gets its secret. Revoke it, and make one of your own.',
  ),
  over: defineProblem(
    'api-key.over',
    409,
    'The key is not good any more',
    'It was revoked or has expired. Make a new one.',
  ),
  tooMany: defineProblem(
    'api-key.too-many',
    409,
    'The workspace has too many API keys',
    'Revoke keys that nobody uses, then make a new one. 100 may be good at the same time.',
  ),
} as const;
