import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerMigrations, streamName } from '@ledgerdesk/event-store';
import { Personal } from '@ledgerdesk/kernel';
import { type Connections, projectConnections, projectionMigrations } from '@ledgerdesk/read-store';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { Client } from 'pg';
import { context, LedgerFixture } from '../../event-store/spec/ledger-fixture.js';
import { AddLines, notebook, OpenNotebook } from '../../event-store/spec/notebook.js';
import { proofMigrations } from '../migrations.js';
import { Sealer, type SealerOptions } from '../sealing/sealer.js';
import type { Verdict } from '../verify/verify-items.js';
import { verifyLedger } from '../verify/verify-ledger.js';

/** An installation with a real ledger, whose seals are made when a test asks for them. */
export class SealedDesk {
  private constructor(
    readonly database: TestDatabase,
    readonly ledger: LedgerFixture,
    readonly connections: Connections,
    /** Superuser: whoever has the database in hand. */
    readonly intruder: Client,
    private readonly folder: string,
  ) {}

  static async open(): Promise<SealedDesk> {
    const migrations = [...ledgerMigrations, ...projectionMigrations, ...proofMigrations];
    const database = await createTestDatabase({ migrations, projections: [] });
    const intruder = new Client({ connectionString: database.adminUrl });
    await intruder.connect();
    // What only somebody with the server in hand can do: triggers and foreign keys look away.
    await intruder.query('set session_replication_role = replica');
    const folder = mkdtempSync(join(tmpdir(), 'anchor-'));
    return new SealedDesk(
      database,
      new LedgerFixture(database),
      projectConnections(database.projectUrl),
      intruder,
      folder,
    );
  }

  get anchorFile(): string {
    return join(this.folder, 'state', 'anchor.json');
  }

  sealer(change: Partial<SealerOptions> = {}): Sealer {
    return new Sealer({
      store: this.ledger.store,
      connections: this.connections,
      installationKey: this.database.installationKey,
      interval: 60,
      anchorFile: this.anchorFile,
      ...change,
    });
  }

  async seal(): Promise<number> {
    return this.sealer().seal({ now: true });
  }

  /** A stream of one event and so many lines. */
  async write(workspaceId: string, lines: number): Promise<string> {
    const id = randomUUID();
    await this.ledger.runner.run(notebook, new OpenNotebook(id, new Personal('carol', 'Carol')), context(workspaceId));
    if (lines > 0) await this.ledger.runner.run(notebook, new AddLines(id, lines), context(workspaceId));
    return streamName('notebook', workspaceId, id);
  }

  async verify(workspace?: string, anchorFile: string | undefined = this.anchorFile): Promise<Verdict> {
    return verifyLedger({
      store: this.ledger.store,
      connections: this.connections,
      trust: { installationKey: this.database.installationKey },
      ...(workspace !== undefined && { workspace }),
      ...(anchorFile !== '' && { anchorFile }),
    });
  }

  async close(): Promise<void> {
    await this.intruder.end();
    await this.connections.close();
    await this.ledger.close();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
