import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { EventStoreUnavailable } from '../errors.js';
import { ledgerMigrations } from '../migrations.js';
import { WorkspaceConnections } from './workspace-connections.js';

describe('connections of a workspace', () => {
  let database: TestDatabase;
  let admin: Client;
  let connections: WorkspaceConnections;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: ledgerMigrations, projections: [] });
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    connections = new WorkspaceConnections({ url: database.appUrl, connections: 1 });
  }, 60_000);

  afterAll(async () => {
    await connections.close();
    await admin.end();
    await database.drop();
  });

  it('L5 a connection that is lost while it is in use between two statements fails the work, and not the process', async () => {
    const workspaceId = randomUUID();
    const work = connections.run(workspaceId, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      // `once` of node:events would listen to errors for us.
      const lost = new Promise((resolve) =>
        client.once('end', () => {
          resolve(undefined);
        }),
      );
      await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await lost;
      await client.query('select 1');
    });
    await expect(work).rejects.toThrow(EventStoreUnavailable);
    await expect(connections.run(workspaceId, (client) => client.query('select 1 as one'))).resolves.toMatchObject({
      rows: [{ one: 1 }],
    });
  });
});
