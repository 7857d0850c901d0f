import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Personal } from '@ledgerdesk/kernel';
import { AddNote, ticketDecider } from '@ledgerdesk/tickets';
import { caller } from '@ledgerdesk/testing';
import { accessExportCommand } from './cli/access-export.js';
import { ErasureDesk, type Person } from './spec/erasure-desk.js';

interface Copy {
  readonly customer: { readonly name: string };
  readonly history: readonly { readonly type: string; readonly data: object }[];
  readonly tickets: readonly {
    readonly ticket: { readonly id: string };
    readonly entries: readonly { text: string | null }[];
  }[];
  readonly complete: { readonly tickets: number };
}

describe('the access export of a customer', () => {
  let here: ErasureDesk;
  let person: Person;

  beforeAll(async () => {
    here = await ErasureDesk.start();
    person = await here.person(3);
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  const path = (id: string, format = 'json'): string => `/customers/${id}/access-export?format=${format}`;

  it('holds everything: profile, addresses, notes, every ticket with every text, and who took copies', async () => {
    const answer = await here.admin.get(path(person.customerId)).expect(200);
    expect(answer.headers).toMatchObject({
      'content-disposition': `attachment; filename="customer-${person.customerId}.json"`,
      'cache-control': 'private, no-store',
    });
    const copy = answer.body as Copy;
    expect(copy).toMatchObject({
      workspace: 'Northwind Support',
      customer: { name: `Name ${here.canary}`, addresses: [{ address: person.email }] },
      complete: { tickets: 3 },
    });
    expect(copy.history.map(({ type }) => type)).toEqual([
      'CustomerRegistered',
      'CustomerNoteAdded',
      'CustomerDataExported',
    ]);
    expect(copy.history[1]?.data).toEqual({ text: `About ${here.canary}` });
    expect(copy.tickets.map(({ ticket }) => ticket.id).toSorted()).toEqual(person.ticketIds.toSorted());
    for (const { entries } of copy.tickets) {
      const texts = entries.flatMap(({ text }) => text ?? []);
      expect(texts.toSorted()).toEqual(['Body', 'Message', 'Note'].map((word) => `${word} ${here.canary}`));
    }
    const { rows } = await here.database.query(
      `select metadata::json ->> 'actor' as actor from events where type = 'CustomerDataExported'`,
    );
    expect(rows).toEqual([{ actor: `member:${here.admin.memberId}` }]);
  });

  it('is a page for people too', async () => {
    const { text, headers } = await here.admin.get(path(person.customerId, 'html')).expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('This copy is complete: 3 tickets.');
    expect(text).toContain(`Note ${here.canary}`);
  });

  it('leaves out what stands in the same ticket about somebody else', async () => {
    const requester = { email: `${randomUUID()}@example.org`, name: 'Bob' };
    const opened = await here.agent.post('/tickets', { subject: 'Of Bob', body: 'By Bob', requester }).expect(201);
    const bob = (opened.body as { requester: { customerId: string } }).requester.customerId;
    const [ticketId = ''] = person.ticketIds;
    const commandId = randomUUID();
    const about = { keyId: bob, text: 'SECRET of Bob' };
    // As a merge or a split would write it: a text in this ticket under the key of somebody else.
    const decider = {
      ...ticketDecider,
      decide: () => [{ type: 'NoteAdded' as const, data: { body: new Personal(about.keyId, about.text) } }],
    };
    await here.desk.runner.run(decider, new AddNote(ticketId, 'x'), {
      workspaceId: here.admin.workspaceId,
      actor: 'system:spec',
      commandId,
      correlationId: commandId,
    });
    await here.desk.caughtUp();
    expect((await here.admin.get(path(person.customerId)).expect(200)).text).not.toContain('SECRET');
    const hers = (await here.admin.get(path(bob)).expect(200)).text;
    expect(hers).toContain('SECRET');
    expect(hers).not.toContain(here.canary);
  });

  it('is for owners and admins of the workspace', async () => {
    await here.agent.get(path(person.customerId)).expect(403);
    await (await caller(here.desk, 'auditor@demo.test')).get(path(person.customerId)).expect(403);
    await (await caller(here.desk, 'owner@globex.test')).get(path(person.customerId)).expect(404);
    await here.admin.get(path(randomUUID())).expect(404);
    await here.admin.get(path(person.customerId, 'pdf')).expect(400);
  });

  it('is written by the command line, whole or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'access-'));
    const out = join(folder, 'copy.json');
    process.env.DATABASE_URL = here.desk.database.databaseUrl;
    process.env.INSTALLATION_KEY = Buffer.from(here.desk.database.installationKey).toString('base64');
    process.env.REDIS_URL ??= 'redis://127.0.0.1:1';
    process.env.LEDGERDESK_MODE = 'embedded';
    const said = jest.spyOn(console, 'error').mockReturnValue();
    jest.spyOn(console, 'log').mockReturnValue();
    const run = (customer: string, file: string): Promise<unknown> =>
      accessExportCommand.parseAsync(['--workspace', 'demo', '--customer', customer, '--out', file], { from: 'user' });
    await run(person.customerId, out);
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({ complete: { tickets: 3 } });
    await run(randomUUID(), out);
    await run(person.customerId, join(folder, 'missing', 'copy.json'));
    expect(said.mock.calls.flat()).toEqual([
      'There is no such customer.',
      expect.stringMatching(
        /can not be read or written: it does not exist, or its folder does not\. Nothing was changed\.$/,
      ),
    ]);
    process.exitCode = 0;
    await rm(folder, { recursive: true });
  });

  it('M6 holds no text once they are erased', async () => {
    await here.request(person.customerId);
    await here.erased(person);
    for (const format of ['json', 'html']) {
      const { text } = await here.admin.get(path(person.customerId, format)).expect(200);
      expect(text).not.toContain(here.canary);
    }
    expect(await here.canaries()).toEqual({});
  });
});
