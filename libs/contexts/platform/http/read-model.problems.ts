import { defineProblem } from '@ledgerdesk/http';

export const readModelProblems = {
  notFound: defineProblem(
    'read-model.not-found',
    404,
    'There is no such read model',
    'No read model has this name. The list of read models names them all.',
  ),
  notInDesk: defineProblem(
    'read-model.not-in-desk',
    403,
    'Read models of this installation are not changed in the desk',
    'All workspaces share them. Ask whoever runs the installation for `ledgerdesk rebuild`, or for REBUILD_IN_DESK=true.',
  ),
  nothingBuilt: defineProblem(
    'read-model.nothing-built',
    409,
    'Nothing is built beside it',
    'There is nothing to switch to, to compare with or to drop. Build the read model first.',
  ),
  nothingKept: defineProblem(
    'read-model.nothing-kept',
    409,
    'Nothing was kept from before',
    'What was read before the last switch is gone. Build the read model again instead.',
  ),
  building: defineProblem(
    'read-model.building',
    409,
    'It is being built already',
    'Wait until it is built, or drop what is built so far.',
  ),
};
