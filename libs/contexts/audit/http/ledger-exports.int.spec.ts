import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type request from 'supertest';
import { EVENT_STORE, type EventStore, KeyRing, KeyTransfer } from '@ledgerdesk/event-store';
import { checkFile, ExportRunner, type ExportRunnerOptions } from '@ledgerdesk/portability';
import { type Connections, projectConnections } from '@ledgerdesk/read-store';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

interface Export {
  readonly id: string;
  readonly state: string;
  readonly events: number;
  readonly bytes: number;
}

describe('the ledger as a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-export-'));
  let desk: TestDesk;
  let connections: Connections;
  let options: ExportRunnerOptions;
  let worker: ExportRunner;
  let owner: Caller;
  let auditor: Caller;

  beforeAll(async () => {
    desk = await startTestDesk();
    connections = projectConnections(desk.database.projectUrl);
    options = {
      store: desk.app.get<EventStore>(EVENT_STORE),
      connections,
      keys: desk.app.get(KeyTransfer),
      ring: desk.app.get(KeyRing),
      installationKey: desk.database.installationKey,
      publicUrl: desk.url,
    };
    worker = new ExportRunner(options);
    owner = await caller(desk, 'owner@demo.test');
    auditor = await caller(desk, 'auditor@demo.test');
  }, 120_000);

  afterAll(async () => {
    await connections.close();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function downloaded(who: Caller, id: string): Promise<string> {
    const answer = await who.get(`/ledger/exports/${id}/file`).buffer(true).parse(bytes).expect(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="demo-\d{4}-\d\d-\d\d\.ledger\.gz"$/);
    expect(answer.headers['cache-control']).toContain('no-store');
    const path = join(folder, `${randomUUID()}.gz`);
    writeFileSync(path, answer.body as Buffer);
    return path;
  }

  it('is made by a worker, shows how far it is, and can be imported', async () => {
    const { body } = await auditor.post('/ledger/exports').expect(202);
    const { id, state } = body as Export;
    expect(state).toBe('waiting');
    expect((await owner.post('/ledger/exports').expect(202)).body).toMatchObject({ id });
    await auditor.get(`/ledger/exports/${id}/file`).expect(404);
    expect(await worker.runNext()).toBe(true);
    const { body: list } = await auditor.get('/ledger/exports').expect(200);
    const [done] = (list as { data: [Export] }).data;
    expect(done).toMatchObject({ id, state: 'done' });
    const path = await downloaded(auditor, id);
    const file = await checkFile(path, { passphrase: () => Promise.reject(new Error('It holds no keys.')) });
    expect(file.end.events).toBe(done.events);
    expect(file.header).toMatchObject({ slug: 'demo', workspace: owner.workspaceId, keys: 'none' });
    await desk.caughtUp();
    for (const type of ['LedgerExportRequested', 'LedgerExportDownloaded']) {
      const events = await auditor.get(`/ledger?type=${type}&actor=member:${auditor.memberId}`).expect(200);
      expect((events.body as { data: object[] }).data).toHaveLength(1);
    }
  });

  it('holds keys for owners only, under a passphrase that is kept nowhere', async () => {
    const passphrase = `canary ${randomUUID()}`;
    await auditor.post('/ledger/exports', { passphrase }).expect(403);
    await owner.post('/ledger/exports', { passphrase: 'short' }).expect(422);
    const { body } = await owner.post('/ledger/exports', { passphrase }).expect(202);
    const { id } = body as Export;
    const rows = await connections.use((sql) =>
      sql.rows<{ text: string }>('select ledger_export::text from ledger_export'),
    );
    expect(JSON.stringify(rows)).not.toContain(passphrase);
    expect(desk.logged.join('')).not.toContain(passphrase);
    expect(await worker.runNext()).toBe(true);
    await auditor.get(`/ledger/exports/${id}/file`).expect(403);
    const path = await downloaded(owner, id);
    const file = await checkFile(path, { passphrase: () => Promise.resolve(passphrase) });
    expect(file.end.keys).toBeGreaterThan(0);
    const [kept] = await connections.use((sql) =>
      sql.rows<{ wrapped_key: Buffer | null }>('select wrapped_key from ledger_export where id = $1', [id]),
    );
    expect(kept?.wrapped_key).toBeNull();
  });

  it('A1 is nothing to other workspaces, roles and guesses, and gone when it has expired', async () => {
    const { body } = await owner.get('/ledger/exports').expect(200);
    const [{ id }] = (body as { data: [Export] }).data;
    const foreign = await caller(desk, 'owner@globex.test');
    const missing = await foreign.get(`/ledger/exports/${randomUUID()}/file`).expect(404);
    const theirs = await foreign.get(`/ledger/exports/${id}/file`).expect(404);
    const comparable = ({ body: problem }: request.Response): object => ({
      ...(problem as object),
      instance: '',
      requestId: '',
    });
    expect(comparable(theirs)).toEqual(comparable(missing));
    expect((await foreign.get('/ledger/exports').expect(200)).body).toEqual({ data: [] });
    await owner.get('/ledger/exports/no-id/file').expect(404);
    const agent = await caller(desk, 'agent@demo.test');
    await agent.post('/ledger/exports').expect(403);
    await agent.get('/ledger/exports').expect(403);
    await agent.get(`/ledger/exports/${id}/file`).expect(403);
    await connections.use((sql) => sql.rows(`update ledger_export set expires_at = now() - interval '1 second'`));
    await owner.get(`/ledger/exports/${id}/file`).expect(404);
    const other = new ExportRunner(options);
    expect(await other.runNext()).toBe(false);
    expect(await connections.use((sql) => sql.rows('select from ledger_export_part'))).toEqual([]);
  });

  it('is made again from its beginning when the process that made it was killed', async () => {
    const { body } = await owner.post('/ledger/exports').expect(202);
    const { id } = body as Export;
    await connections.use((sql) =>
      sql.transaction(async (killed) => {
        await killed.rows(
          `update ledger_export set state = 'running', attempts = 1, running_until = now() - interval '1 second' where id = $1`,
          [id],
        );
        await killed.rows(
          `insert into ledger_export_part (workspace_id, export_id, number, bytes) values ($1, $2, 0, 'half'), ($1, $2, 7, 'x')`,
          [owner.workspaceId, id],
        );
      }),
    );
    expect(await worker.runNext()).toBe(true);
    await checkFile(await downloaded(owner, id), { passphrase: () => Promise.resolve('') });
  });
});

function bytes(response: request.Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    done(null, Buffer.concat(chunks));
  });
}
