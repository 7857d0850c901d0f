import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { BEGINNING, type CommandRunner, EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { importIncidents, readIncidents } from '@ledgerdesk/integrations';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { type Cells, csv } from '../../../../libs/contexts/integrations/spec/incidents.js';
import { importCommand } from './import.js';

/** Beside the checkout, not in it: a slice of it is imported where it is. */
const REAL = join(process.cwd(), '../shared/data/servicenow-incidents.csv.gz');
const REAL_ROWS = 1_500;

const at = (time: string, modification: number): Cells => ({
  sys_updated_at: time,
  sys_mod_count: String(modification),
});
/** Thirteen rows of four incidents: 9 change something, 3 change nothing, 1 is rejected. */
const ROWS: readonly Cells[] = [
  { assignment_group: 'Group 56' },
  { assignment_group: 'Group 56', ...at('29/2/2016 02:00', 1) },
  { assignment_group: 'Group 56', incident_state: 'Resolved', ...at('1/3/2016 08:53', 2) },
  { assignment_group: 'Group 56', incident_state: 'Closed', ...at('5/3/2016 12:00', 3) },
  // Its lines are not in the order in which things happened.
  { number: 'INC0000046', incident_state: 'Active', assigned_to: 'Resolver 31', ...at('4/3/2016 10:00', 4) },
  { number: 'INC0000046', incident_state: 'Closed', ...at('3/3/2016 10:00', 3) },
  { number: 'INC0000046', incident_state: '-100', ...at('2/3/2016 10:00', 2) },
  { number: 'INC0000046', incident_state: 'Active', assigned_to: 'Resolver 31', ...at('4/3/2016 10:00', 5) },
  { number: 'INC0000046', ...at('1/3/2016 10:00', 1) },
  // Opened after it was changed, by nobody.
  { number: 'INC0000048', caller_id: '?', opened_at: '2/5/2016 10:00', incident_state: 'Awaiting Problem' },
  { number: 'INC0000049', caller_id: 'Caller 7', priority: '1 - Critical', category: '?', u_symptom: '?' },
  { number: 'INC0000049', caller_id: 'Caller 8', priority: '1 - Critical', category: '?', u_symptom: '?' },
  { number: 'INC0000049', caller_id: 'Caller 8', priority: '2 - High', category: '?', u_symptom: '?' },
];

interface Summary {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: string;
  readonly priority: string;
  readonly openedAt: string;
  readonly requester: { readonly name: string; readonly customerId: string };
  readonly externalId: { readonly id: string };
}

let desk: TestDesk;
let agent: Caller;
let store: EventStore;
let folder: string;

beforeAll(async () => {
  desk = await startTestDesk();
  agent = await caller(desk, 'agent@demo.test');
  store = desk.app.get<EventStore>(EVENT_STORE);
  folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-import-'));
  process.env.DATABASE_URL = desk.database.databaseUrl;
  process.env.INSTALLATION_KEY = Buffer.from(desk.database.installationKey).toString('base64');
  process.env.REDIS_URL ??= 'redis://127.0.0.1:1';
  process.env.LEDGERDESK_MODE = 'embedded';
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk.close();
});

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The command as it is typed; rejects go to the folder of the test. */
async function typed(...args: string[]): Promise<{ said: string; complained: string; code: number }> {
  const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const complained = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const rejects = args.includes('--rejects') ? [] : ['--rejects', join(folder, 'rejects.csv')];
    await importCommand.parseAsync(['servicenow', ...args, ...rejects], { from: 'user' });
    const text = ({ mock }: typeof said): string => mock.calls.map(([line]) => String(line)).join('\n');
    return { said: text(said), complained: text(complained), code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = 0;
    said.mockRestore();
    complained.mockRestore();
  }
}

async function found(q: string): Promise<readonly Summary[]> {
  const { body } = await agent.get(`/tickets?limit=100&q=${encodeURIComponent(q)}`).expect(200);
  return (body as { data: readonly Summary[] }).data;
}

async function one(incident: string): Promise<Summary> {
  const tickets = await found(incident);
  const [ticket] = tickets;
  if (tickets.length !== 1 || !ticket) throw new Error(`${String(tickets.length)} tickets are found by ${incident}.`);
  return ticket;
}

/** What can not be imported, with which options, and a part of the sentence that says so. */
const REFUSED: readonly [string, path: () => string, options: readonly string[], sentence: string][] = [
  ['a file that is not there', () => 'nowhere.csv', [], 'can not be read'],
  ['a folder', () => folder, [], 'is not a file'],
  ['an empty file', () => file('empty.csv', ''), [], 'is empty'],
  ['another list', () => file('other.csv', 'id,name\n1,x\n'), [], 'columns are missing from its first line'],
  ['no list at all', () => file('noise.csv', Buffer.from([0, 255, 254, 10, 13, 0, 34, 44])), [], 'columns are'],
  ['a quote that never ends', () => file('quote.csv', `${csv({})}"INC1`), [], 'is not a CSV file'],
  ['a torn archive', () => file('torn.csv.gz', gzipSync(csv(...ROWS)).subarray(0, 100)), [], 'is damaged'],
  ['an unknown zone', () => file('s.csv', csv({})), ['--time-zone', 'Mars/Olympus'], 'no time zone Mars/Olympus'],
  ['an unknown workspace', () => file('s.csv', csv({})), ['--workspace', 'nobody'], 'no workspace nobody'],
  [
    'times that never were',
    () => file('gap.csv', csv({}, { sys_updated_at: '27/3/2016 02:30' })),
    ['--time-zone', 'Europe/Berlin'],
    'Line 3: There was no 2016-03-27T02:30:00 in Europe/Berlin',
  ],
  [
    'nowhere to put rejects',
    () => file('s.csv', csv({ priority: '?' })),
    ['--rejects', '/nowhere/rejects.csv'],
    'name another file with --rejects',
  ],
];

describe('import servicenow', () => {
  it('makes a ticket with its history of every incident, and accounts for every row', async () => {
    const { said, complained, code } = await typed(file('small.csv', csv(...ROWS)));
    expect(complained).toBe('');
    expect(code).toBe(0);
    expect(said).toContain('13 rows = 9 applied + 3 unchanged + 1 rejected');
    expect(said).toContain('4 tickets opened, 0 were there before');
    expect(said).toMatch(/Everything shows in the desk after \d+\.\d s\./);
    expect(readFileSync(join(folder, 'rejects.csv'), 'utf8')).toBe(
      'line,reason\n8,"incident_state can not be ""-100""."\n',
    );
  });

  it('lets tickets be found by the number of the incident, numbered by age', async () => {
    const tickets = await Promise.all(['INC0000045', 'INC0000046', 'INC0000048', 'INC0000049'].map(one));
    expect(tickets.map(({ subject, status, priority }) => [subject, status, priority])).toEqual([
      ['Category 55: Symptom 72', 'closed', 'normal'],
      ['Category 55: Symptom 72', 'open', 'normal'],
      ['Category 55: Symptom 72', 'on_hold', 'normal'],
      ['Incident INC0000049', 'new', 'high'],
    ]);
    expect(tickets.map(({ requester }) => requester.name)).toEqual([
      'Caller 2403',
      'Caller 2403',
      'Unknown caller',
      'Caller 7',
    ]);
    const byAge = tickets.toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1)).map(({ number }) => number);
    expect(byAge).toEqual(byAge.toSorted((a, b) => a - b));
    expect(tickets[0]?.requester.customerId).toBe(tickets[1]?.requester.customerId);
  });

  it('keeps the history: the ticket at any moment, and its timeline', async () => {
    const { id } = await one('INC0000045');
    const statusAt = async (moment: string): Promise<unknown> =>
      ((await agent.get(`/tickets/${id}?at=${moment}`).expect(200)).body as Summary).status;
    await expect(statusAt('2016-02-29T01:30:00Z')).resolves.toBe('new');
    await expect(statusAt('2016-03-01T08:53:00Z')).resolves.toBe('solved');
    await expect(statusAt('2016-03-05T11:59:59Z')).resolves.toBe('solved');
    await expect(statusAt('2016-03-05T12:00:00Z')).resolves.toBe('closed');
    await agent.get(`/tickets/${id}?at=2016-02-29T01:15:59Z`).expect(404);

    const { body } = await agent.get(`/tickets/${id}/timeline`).expect(200);
    const entries = (body as { data: { at: string; actor: string; cause: string; imported: boolean }[] }).data;
    expect(entries).toHaveLength(4);
    for (const entry of entries) {
      expect(entry).toMatchObject({ actor: 'system:import', cause: 'import:servicenow', imported: true });
    }
  });

  it('makes teams of groups, members who can not sign in of assignees, and customers of callers', async () => {
    const { body: teams } = await agent.get('/teams').expect(200);
    expect((teams as { data: object[] }).data).toContainEqual(expect.objectContaining({ name: 'Group 56' }));
    const { body: members } = await agent.get('/members').expect(200);
    expect((members as { data: object[] }).data).toContainEqual(
      expect.objectContaining({ name: 'Resolver 31', canSignIn: false }),
    );
    const { body: customers } = await agent.get('/customers?q=Caller%202403').expect(200);
    expect((customers as { data: object[] }).data).toEqual([
      expect.objectContaining({
        addresses: [],
        externalId: { source: 'servicenow', id: 'Caller 2403' },
        registeredAt: '2016-02-29T01:16:00.000Z',
        imported: true,
      }),
    ]);
  });

  it('never lets time run backwards in a stream', async () => {
    const { id } = await one('INC0000048');
    const { body } = await agent.get(`/tickets/${id}/timeline`).expect(200);
    const instants = (body as { data: { at: string }[] }).data.map((entry) => entry.at);
    expect(new Set(instants)).toEqual(new Set(['2016-05-02T10:00:00.000Z']));
  });

  it('adds nothing a second time, packed or not', async () => {
    const head = await store.head();
    const again = await typed(file('small.csv.gz', gzipSync(csv(...ROWS))));
    expect(again.said).toContain('13 rows = 9 applied + 3 unchanged + 1 rejected');
    expect(again.said).toContain('0 tickets opened, 4 were there before');
    await expect(store.head()).resolves.toBe(head);
  });

  it('adds what a newer file has in addition, and rejects what comes too late', async () => {
    const late: Cells = { assignment_group: 'Group 24', ...at('29/2/2016 05:00', 1) };
    const newer: Cells = { assignment_group: 'Group 56', incident_state: 'Active', ...at('6/3/2016 09:00', 5) };
    const { said } = await typed(file('newer.csv', csv(...ROWS, late, newer)));
    expect(said).toContain('0 tickets opened, 4 were there before');
    expect(readFileSync(join(folder, 'rejects.csv'), 'utf8')).toContain(
      '15,"Later rows of this incident were imported',
    );
    await expect(one('INC0000045')).resolves.toMatchObject({ status: 'open' });
  });

  it('takes nothing over twice when the time zone is another one', async () => {
    const head = await store.head();
    const { said } = await typed(file('small.csv', csv(...ROWS)), '--time-zone', 'Europe/Berlin');
    expect(said).toContain('13 rows = 0 applied + 0 unchanged + 13 rejected');
    await expect(store.head()).resolves.toBe(head);
  });

  it('goes on where an interrupted run ended', async () => {
    const rows = Array.from({ length: 40 }, (_, index): Cells[] => {
      const number = `INC1${String(index).padStart(6, '0')}`;
      return [{ number }, { number, incident_state: 'Closed', ...at('5/3/2016 12:00', 1) }];
    }).flat();
    const path = file('many.csv', csv(...rows));
    const incidents = await readIncidents(path, { timeZone: 'UTC' });
    const numbers = desk.app.get(TicketNumbers, { strict: false });
    // Forty tickets, one customer: dies with some written, and others written that it has not heard of.
    let calls = 0;
    const runAll: CommandRunner['runAll'] = async (...args) => {
      calls += 1;
      const isLost = calls > 20;
      if (calls > 30) throw new Error('killed');
      const result = await desk.runner.runAll(...args);
      if (isLost) throw new Error('killed');
      return result;
    };
    const dying = { store, numbers, runner: { runAll } as CommandRunner };
    await expect(importIncidents(dying, agent.workspaceId, incidents)).rejects.toThrow('killed');

    const { said } = await typed(path);
    expect(said).toContain('80 rows = 80 applied + 0 unchanged + 0 rejected');
    expect(said).toContain('11 tickets opened, 29 were there before');
    await expect(opened('"INC1')).resolves.toBe(40);
    const head = await store.head();
    await typed(path);
    await expect(store.head()).resolves.toBe(head);
  });

  it.each(REFUSED)('refuses %s in one sentence, before anything is done', async (_, path, options, sentence) => {
    const head = await store.head();
    const { complained, code } = await typed(path(), ...options);
    expect(code).toBe(1);
    expect(complained).toContain(sentence);
    expect(complained).toMatch(/^[^\n]+\.$/);
    await expect(store.head()).resolves.toBe(head);
  });

  it('takes over a slice of real incidents', async () => {
    if (!existsSync(REAL)) {
      process.stdout.write(`${REAL} is not there: the import of real incidents was not tried.\n`);
      return;
    }
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(REAL).pipe(createGunzip()) })) {
      if (lines.push(line) > REAL_ROWS) break;
    }
    const cells = lines.slice(1).map((line) => line.split(','));
    const path = file('real.csv', lines.join('\n'));
    const incidents = new Set(cells.map(([number]) => number)).size;

    const { said } = await typed(path, '--workspace', 'globex');
    const [, applied, unchanged] = new RegExp(
      `${String(REAL_ROWS)} rows = (\\d+) applied \\+ (\\d+) unchanged \\+ 0 rejected`,
    ).exec(said) ?? ['', '0', '0'];
    expect(Number(applied) + Number(unchanged)).toBe(REAL_ROWS);
    expect(said).toContain(`${String(incidents)} tickets opened, 0 were there before`);
    const owner = await caller(desk, 'owner@globex.test');
    const { body } = await owner.get('/tickets?limit=100&view=closed').expect(200);
    expect((body as { data: object[] }).data).toHaveLength(100);
    await desk.caughtUp();
  }, 60_000);
});

/** How many tickets were opened by an event that holds this text. */
async function opened(text: string): Promise<number> {
  let count = 0;
  let after = BEGINNING;
  for (;;) {
    const page = await store.readAll({ after, prefix: 'ticket-' });
    count += page.filter(({ type, data }) => type === 'TicketOpened' && data.includes(text)).length;
    const last = page.at(-1);
    if (!last) return count;
    after = last.position;
  }
}
