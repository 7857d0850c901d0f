import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import type { ConfigurationChange } from './changes.schemas.js';

interface Page {
  readonly data: readonly ConfigurationChange[];
  readonly page: { readonly next: string | null; readonly hasMore: boolean };
}

let desk: TestDesk;
let admin: Caller;
let auditor: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  admin = await caller(desk, 'admin@demo.test');
  auditor = await caller(desk, 'auditor@demo.test');
}, 120_000);

afterAll(async () => {
  await desk.close();
});

async function changes(query = '', who = auditor): Promise<Page> {
  await desk.caughtUp();
  return (await who.get(`/audit/changes${query}`).expect(200)).body as Page;
}

async function team(...names: readonly string[]): Promise<string> {
  const [first = '', ...others] = names;
  const { body } = await admin.post('/teams', { name: first }).expect(201);
  const { id } = body as { id: string };
  for (const name of others) await admin.post(`/teams/${id}/rename`, { name }, { 'If-Match': '*' }).expect(200);
  return id;
}

describe('changes of the configuration', () => {
  it('say who changed what, before and after, and where it stands in the ledger', async () => {
    const id = await team('Refunds', 'Refunds and returns');
    const [renamed, created, ...others] = (await changes(`?subject=${id}`)).data;
    expect(others).toEqual([]);
    expect(created).toMatchObject({ type: 'TeamCreated', changes: [{ field: 'name', from: null, to: 'Refunds' }] });
    expect(renamed).toMatchObject({
      kind: 'team',
      type: 'TeamRenamed',
      actor: `member:${admin.memberId}`,
      cause: 'command:RenameTeam',
      changes: [{ field: 'name', from: 'Refunds', to: 'Refunds and returns' }],
    });
    const { body } = await auditor.get(`/ledger?stream=${present(renamed).stream}&type=TeamRenamed`).expect(200);
    const { id: event, hash, revision } = present(renamed);
    expect((body as { data: object[] }).data).toMatchObject([{ id: event, hash, revision }]);
  });

  it('of the settings name each setting with the value that it had', async () => {
    await admin.post('/workspace/configure', { undoSendSeconds: 21 }, { 'If-Match': '*' }).expect(200);
    await admin
      .post('/workspace/configure', { undoSendSeconds: 22, autoCloseDays: 9 }, { 'If-Match': '*' })
      .expect(200);
    const [newest] = (await changes('?kind=workspace')).data;
    expect(newest?.type).toBe('WorkspaceConfigured');
    expect(newest?.changes).toContainEqual({ field: 'undoSendSeconds', from: 21, to: 22 });
    expect(newest?.changes).toContainEqual({ field: 'autoCloseDays', from: 7, to: 9 });
  });

  it('are found by who, what, when and text, each page going on where the one before ended', async () => {
    const word = `w${newId().replaceAll('-', '')}`;
    const id = await team(`${word} one`, `${word} two`, `${word} three`);
    const all = (await changes(`?q=${word.toUpperCase()}`)).data;
    expect(all.map(({ type }) => type)).toEqual(['TeamRenamed', 'TeamRenamed', 'TeamCreated']);
    const first = await changes(`?q=${word}&limit=2`);
    const next = String(first.page.next);
    expect(first.data).toEqual(all.slice(0, 2));
    const rest = await changes(`?q=${word}&limit=2&after=${encodeURIComponent(next)}`);
    expect(rest).toEqual({ data: all.slice(2), page: { next: null, hasMore: false } });
    await auditor.get(`/audit/changes?limit=2&after=${encodeURIComponent(next)}`).expect(400);
    const at = encodeURIComponent(present(all[0]).at);
    expect((await changes(`?subject=${id}&from=${at}`)).data).toContainEqual(all[0]);
    expect((await changes(`?subject=${id}&to=${at}`)).data).not.toContainEqual(all[0]);
    expect((await changes(`?subject=${id}&actor=member:${auditor.memberId}`)).data).toEqual([]);
    expect((await changes(`?subject=${id}&kind=member`)).data).toEqual([]);
  });

  it('are for those who may read the ledger, and of their workspace only', async () => {
    const agent = await caller(desk, 'agent@demo.test');
    await agent.get('/audit/changes').expect(403);
    await agent.get('/audit/changes.csv').expect(403);
    const id = await team('Only here');
    const other = await caller(desk, 'owner@globex.test');
    expect((await changes(`?subject=${id}`, other)).data).toEqual([]);
    expect((await changes('?q=Only%20here', other)).data).toEqual([]);
    await auditor.get('/audit/changes?kind=ticket').expect(400);
  });

  it('E17 come as a CSV file in which no cell is a formula, with names beside ids', async () => {
    const id = await team('=HYPERLINK("http://evil")', '＝1+1', ' @SUM(A1)', 'plain, "quoted"');
    await desk.caughtUp();
    const answer = await auditor.get(`/audit/changes.csv?subject=${id}`).expect(200);
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="demo-changes\.csv"$/);
    const lines = answer.text.split('\r\n').slice(1, -1);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).not.toMatch(/(?:^|,)"\s*[=+\-@＝]/u);
    expect(lines[0]).toContain('"name","\'@SUM(A1)","plain, ""quoted"""');
    const { body } = await admin.get('/me').expect(200);
    expect(lines[0]).toContain(`"member:${admin.memberId}","${(body as { member: { name: string } }).member.name}"`);
  });
});
