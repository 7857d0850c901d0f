import type { Configuration } from '@ledgerdesk/config';
import type { ReadStore } from '@ledgerdesk/read-store';
import { ChangeReadModel, ChangeReadModelHandler } from './change-read-model.js';

it('refuses to change read models in the desk of an installation that does not want it, before it looks at anything', async () => {
  const untouched = new Proxy(
    {},
    {
      get: () => {
        throw new Error('It looked.');
      },
    },
  ) as ReadStore;
  const handler = new ChangeReadModelHandler({ rebuildInDesk: false } as Configuration, untouched);
  await expect(handler.execute(new ChangeReadModel('inbox', 'rebuild'))).rejects.toMatchObject({
    problem: { code: 'read-model.not-in-desk', status: 403 },
  });
});
