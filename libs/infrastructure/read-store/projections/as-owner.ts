import { Client } from 'pg';

/** Works with a connection of the role that owns the tables, which is closed afterwards. */
export type AsOwner = <T>(work: (owner: Client) => Promise<T>) => Promise<T>;

/** @param url connection of the role `ld_owner`, for migrations and rebuilds only */
export function asOwnerOf(url: string): AsOwner {
  return async (work) => {
    const owner = new Client({ connectionString: url, application_name: 'ledgerdesk-owner' });
    // While a statement runs its error is told by the statement; an error that nobody hears ends the process.
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  };
}
