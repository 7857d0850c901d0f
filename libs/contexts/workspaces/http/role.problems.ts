import { defineProblem } from '@ledgerdesk/http';

const notFound = defineProblem(
  'role.not-found',
  404,
  'There is no such role',
  'The workspace has made no role with this id; the six roles that every workspace has can not be changed.',
);
const beyondOwn = defineProblem(
  'role.beyond-own',
  403,
  'This is more than you may do yourself',
  'Nobody gives or takes away what they may not do: ask an owner.',
);
const unfit = [
  beyondOwn,
  defineProblem('role.name-empty', 422, 'The name is empty', 'It has no visible text.'),
  defineProblem('role.name-taken', 409, 'Another role has this name', 'Choose a name that tells them apart.'),
  defineProblem(
    'role.permission-unknown',
    422,
    'There is no such permission',
    'Choose from the permissions that the list of roles answers with.',
  ),
  defineProblem(
    'role.permission-needs-another',
    422,
    'A permission makes no sense without another',
    'Choose what it needs, too: the list of roles says what that is.',
  ),
  defineProblem('role.without-permission', 422, 'The role may do nothing', 'Choose at least one permission.'),
];
const oneself = defineProblem(
  'role.oneself',
  403,
  'Nobody changes their own role',
  'Somebody with another role has to do it who may.',
);
const retired = defineProblem('role.retired', 409, 'The role is retired', 'Define a new one.');

export const roleProblems = {
  forDefinitions: [
    ...unfit,
    defineProblem('role.too-many', 409, 'There are too many roles', 'Retire one that nobody has.'),
  ],
  forChanges: [notFound, ...unfit, oneself, retired],
  forRetirement: [
    notFound,
    beyondOwn,
    oneself,
    defineProblem('role.in-use', 409, 'Members have this role', 'Give them another one first.'),
  ],
  forReads: [notFound],
  forGiving: [notFound, beyondOwn, retired],
};
