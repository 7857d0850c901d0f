import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { Accounts } from '@ledgerdesk/identity';
import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import type { Command } from 'commander';
import { createWorkspaceCommand } from './create-workspace.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';

const PASSWORD = 'a password for the move';

describe('a workspace on its way from one desk to another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-move-'));
  const passphrase = join(folder, 'passphrase');
  const password = join(folder, 'password');
  let from: TestDesk;
  let to: TestDesk;
  let owner: Caller;
  const SLUG = 'northwind-move';

  beforeAll(async () => {
    writeFileSync(passphrase, 'correct horse battery staple\n');
    writeFileSync(password, `${PASSWORD}\n`);
    process.env.REDIS_URL ??= 'redis://127.0.0.1:1';
    process.env.LEDGERDESK_MODE = 'embedded';
    [from, to] = [await startTestDesk(), await startTestDesk()];
    at(from);
    const asked = ['--name', 'Northwind', '--slug', SLUG, '--email', 'ada@move.test', '--password-file', password];
    expect(await typed(createWorkspaceCommand, ...asked)).toMatchObject({ code: 0 });
    await from.caughtUp();
    owner = await signedIn(from, 'ada@move.test');
  }, 240_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await from.close();
    await to.close();
  });

  /** Commands work in the installation of this desk from now on. */
  function at(desk: TestDesk): void {
    process.env.DATABASE_URL = desk.database.databaseUrl;
    process.env.INSTALLATION_KEY = Buffer.from(desk.database.installationKey).toString('base64');
  }

  async function typed(
    command: Command,
    ...args: string[]
  ): Promise<{ said: string; complained: string; code: number }> {
    const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const complained = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      await command.parseAsync(args, { from: 'user' });
      const text = ({ mock }: typeof said): string => mock.calls.map(([line]) => String(line)).join('\n');
      return { said: text(said), complained: text(complained), code: Number(process.exitCode ?? 0) };
    } finally {
      process.exitCode = 0;
      said.mockRestore();
      complained.mockRestore();
    }
  }

  async function signedIn(desk: TestDesk, email: string): Promise<Caller> {
    const { status, body } = await fetch(`${desk.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD, workspace: SLUG }),
    }).then(async (response) => ({
      status: response.status,
      body: (await response.json()) as { accessToken: string },
    }));
    expect(status).toBe(200);
    return caller({ ...desk, tokenOf: () => Promise.resolve(body.accessToken) }, email);
  }

  async function opened(who: Caller, subject: string, email: string): Promise<{ id: string; number: number }> {
    const requester = { email, name: 'Grace Hopper' };
    const { body } = await who.post('/tickets', { subject, body: 'Hello', requester }).expect(201);
    return body as { id: string; number: number };
  }

  async function history(desk: TestDesk): Promise<readonly object[]> {
    const own = owner.workspaceId.replaceAll('-', '');
    const events = await desk.app.get<EventStore>(EVENT_STORE).readAll({ after: '', max: 4_096 });
    return events.filter(({ stream }) => stream.includes(own)).map(({ position: _, ...event }) => event);
  }

  it('M2 brings its tickets, numbers, customers and texts along, and its owner can sign in', async () => {
    const email = `${newId()}@example.com`;
    const first = await opened(owner, 'The printer burns', email);
    const waiting = await opened(owner, 'Waits until tomorrow', email);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await owner.post(`/tickets/${waiting.id}/pend`, { until }, { 'If-Match': '*' }).expect(200);
    const file = join(folder, 'northwind.ledger.gz');
    at(from);
    const options = ['--workspace', SLUG, '--out', file, '--with-keys', '--passphrase-file', passphrase];
    expect(await typed(exportCommand, ...options)).toMatchObject({ complained: '', code: 0 });
    expect(readFileSync(file).includes('printer')).toBe(false);

    at(to);
    const wrong = ['ledger', file, '--passphrase-file', password];
    expect(await typed(importCommand, ...wrong)).toMatchObject({ code: 77, said: '' });
    expect(await history(to)).toEqual([]);
    const unfit = join(folder, 'unfit');
    writeFileSync(unfit, 'short\n');
    const refused = [
      'ledger',
      file,
      '--passphrase-file',
      passphrase,
      '--owner',
      'ada@move.test',
      '--password-file',
      unfit,
    ];
    expect(await typed(importCommand, ...refused)).toMatchObject({ code: 1, said: '' });
    expect(await history(to)).toEqual([]);
    const login = ['--owner', 'ada@move.test', '--password-file', password];
    const done = await typed(importCommand, 'ledger', file, '--passphrase-file', passphrase, ...login);
    expect(done).toMatchObject({ complained: '', code: 0 });
    expect(await history(to)).toEqual(await history(from));
    await to.caughtUp();

    const there = await signedIn(to, 'ada@move.test');
    expect(there.memberId).toBe(owner.memberId);
    const { body } = await there.get(`/tickets/${first.id}`).expect(200);
    expect(body).toMatchObject({ number: first.number, subject: 'The printer burns' });
    const next = await opened(there, 'Opened in the new home', email);
    expect(next.number).toBe(waiting.number + 1);
    await to.caughtUp();
    const again = await there.get(`/tickets/${next.id}`).expect(200);
    const earlier = (body as { requester: { customerId: string } }).requester.customerId;
    expect(again.body).toMatchObject({ requester: { customerId: earlier } });

    const repeated = await typed(importCommand, 'ledger', file, '--passphrase-file', passphrase, ...login);
    expect(repeated).toMatchObject({ code: 0 });
    expect(repeated.said).toContain('0 events imported');
  });

  it('comes with a sentence and an exit code when it can not', async () => {
    at(from);
    const file = join(folder, 'bare.ledger.gz');
    expect(await typed(exportCommand, '--workspace', 'nobody', '--out', file)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('no workspace nobody') as string,
    });
    expect(await typed(exportCommand, '--workspace', 'demo', '--out', file)).toMatchObject({
      code: 0,
      said: expect.stringContaining('No keys are in it') as string,
    });
    expect(await typed(exportCommand, '--workspace', 'demo', '--out', file)).toMatchObject({ code: 73 });
    at(to);
    // The same demo, seeded twice: equal ids, other instants.
    expect(await typed(importCommand, 'ledger', file)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('history is another one') as string,
    });
    expect(await typed(importCommand, 'ledger', join(folder, 'nothing'))).toMatchObject({ code: 66 });
    expect(await typed(importCommand, 'ledger', passphrase)).toMatchObject({ code: 65 });
  });

  it('lets nobody in as an owner who is another kind of member', async () => {
    at(to);
    const file = join(folder, 'northwind.ledger.gz');
    const asked = ['--passphrase-file', passphrase, '--password-file', password];
    const stranger = await typed(importCommand, 'ledger', file, ...asked, '--owner', 'joan@move.test');
    expect(stranger).toMatchObject({ code: 0, said: expect.stringContaining('joan@move.test can sign in') as string });
    expect(await new Accounts(to.readStore).byEmail('joan@move.test')).toBeDefined();
    const bad = await typed(importCommand, 'ledger', file, ...asked, '--owner', 'no address');
    expect(bad).toMatchObject({ code: 1, complained: 'This is no e-mail address.' });
  });
});
