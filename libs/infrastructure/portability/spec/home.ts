import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { KeyTable, KeyTransfer, ledgerMigrations, streamName } from '@ledgerdesk/event-store';
import { Personal } from '@ledgerdesk/kernel';
import { proofMigrations, Sealer } from '@ledgerdesk/proof';
import { type Connections, projectConnections, ReadStore } from '@ledgerdesk/read-store';
import { createTestDatabase, type TestDatabase } from '@ledgerdesk/testing';
import { context, LedgerFixture } from '../../event-store/spec/ledger-fixture.js';
import { AddLines, NameNotebook, notebook, OpenNotebook, RetitleNotebook } from '../../event-store/spec/notebook.js';
import type { ExportReport } from '../export/export-ledger.js';
import { writeExport } from '../export/write-export.js';
import { writeWholeFile } from '../file/atomic-file.js';
import { fileKeyOf } from '../file/passphrase.js';
import { type CheckedFile, checkFile } from '../import/check-file.js';
import { importLedger, type ImportReport, type ImportTools } from '../import/import-ledger.js';

export const PASSPHRASE = 'correct horse battery staple';

/** As weak as a reader accepts: suites open many files. */
const QUICK = { kdf: 'scrypt', n: 2 ** 14, r: 8, p: 1, salt: randomBytes(16).toString('base64url') } as const;

/** What may be done to a notebook. */
export type Step =
  | readonly ['open', string, string]
  | readonly ['title', string, string]
  | readonly ['lines', string, number]
  | readonly ['name', string, string];

/** An installation with a key of its own, as far as moving a workspace needs one. */
export class Home {
  private constructor(
    readonly database: TestDatabase,
    readonly installationKey: Buffer,
    readonly fixture: LedgerFixture,
    readonly readStore: ReadStore,
    readonly connections: Connections,
    readonly keys: KeyTransfer,
  ) {}

  static async open(): Promise<Home> {
    const database = await createTestDatabase({
      migrations: [...ledgerMigrations, ...proofMigrations],
      projections: [],
    });
    const installationKey = randomBytes(32);
    const fixture = new LedgerFixture({ ...database, installationKey });
    const readStore = new ReadStore({ url: database.appUrl, connections: 2 });
    const keys = new KeyTransfer(new KeyTable(fixture.connections), fixture.keys);
    return new Home(database, installationKey, fixture, readStore, projectConnections(database.projectUrl), keys);
  }

  /** What a process that has just started reads in the first event of a notebook. */
  async ownerOf(workspaceId: string, id: string): Promise<unknown> {
    const fresh = new LedgerFixture({ ...this.database, installationKey: this.installationKey });
    try {
      const [event] = await fresh.ledger.read(streamName('notebook', workspaceId, id), { max: 1 });
      return (event?.data as { owner?: Personal }).owner?.text;
    } finally {
      await fresh.close();
    }
  }

  async close(): Promise<void> {
    await this.fixture.close();
    await this.readStore.close();
    await this.connections.close();
    await this.database.drop();
  }

  async do(workspaceId: string, [what, id, value]: Step): Promise<void> {
    const command = {
      open: () => new OpenNotebook(id, new Personal(String(value), `owner ${String(value)}`)),
      title: () => new RetitleNotebook(id, new Personal(String(value), 'a "title" with {"ciphertext":"x"}')),
      lines: () => new AddLines(id, Number(value)),
      name: () => new NameNotebook(id, String(value)),
    }[what]();
    await this.fixture.runner.run(notebook, command, context(workspaceId));
  }

  /** Seals what is new, as the worker does from time to time. */
  async seal(): Promise<void> {
    const { connections, installationKey, fixture } = this;
    await new Sealer({ store: fixture.store, connections, installationKey, interval: 60 }).seal({ now: true });
  }

  async export(workspaceId: string, path: string, { withKeys = true } = {}): Promise<ExportReport> {
    const sources = {
      store: this.fixture.store,
      keys: this.keys,
      connections: this.connections,
      installationKey: this.installationKey,
      publicUrl: 'http://localhost',
    };
    const fileKey = withKeys ? await fileKeyOf(PASSPHRASE, QUICK) : undefined;
    const wish = { workspaceId, slug: 'spec', exportedAt: new Date().toISOString(), fileKey };
    return writeWholeFile(path, (file) => writeExport(sources, wish, file));
  }

  async import(file: CheckedFile, change: Partial<ImportTools> = {}): Promise<ImportReport> {
    const { keys, readStore, connections, fixture } = this;
    return importLedger(
      { store: fixture.store, readStore, connections, keys, beforeOpening: () => Promise.resolve(), ...change },
      file,
    );
  }

  /** Everything that the ledger holds of a workspace, in its order, without positions. */
  async history(workspaceId: string): Promise<readonly object[]> {
    const events = await this.fixture.store.readAll({ after: '', max: 4_096 });
    const own = events.filter(({ stream }) => stream.includes(workspaceId.replaceAll('-', '')));
    return own.map(({ position: _, ...event }) => event);
  }
}

/** A folder for the files of one suite. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'ledgerdesk-move-'));

  fresh(): string {
    return join(this.path, `${randomUUID()}.gz`);
  }

  /** A file with these bytes. */
  with(bytes: Buffer | string): string {
    const path = this.fresh();
    writeFileSync(path, bytes);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export function checked(path: string, passphrase = PASSPHRASE): Promise<CheckedFile> {
  return checkFile(path, { passphrase: () => Promise.resolve(passphrase) });
}

/** The lines of a file, parsed. */
export function linesOf(path: string): readonly Record<string, unknown>[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export function packed(lines: readonly object[]): Buffer {
  return gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
