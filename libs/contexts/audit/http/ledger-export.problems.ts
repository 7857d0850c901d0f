import { defineProblem } from '@ledgerdesk/http';

const notFound = defineProblem(
  'ledger-export.not-found',
  404,
  'There is no such export',
  'It is unknown in this workspace, not finished, or it has expired. Ask for a new one.',
);
const weak = defineProblem(
  'ledger-export.passphrase-weak',
  422,
  'The passphrase is too short',
  'It needs at least 12 characters: it is all that protects the texts in the file.',
);

/** Refusals by kind of operation, for the API description. */
export const ledgerExportProblems = { forRequests: [weak], forDownloads: [notFound] };
