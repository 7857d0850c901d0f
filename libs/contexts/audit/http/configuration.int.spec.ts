import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import type { ConfigurationComparison } from './configuration.schemas.js';

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

async function compare(at: string, and: string, who = auditor): Promise<ConfigurationComparison> {
  await desk.caughtUp();
  return (await who.get(`/audit/configuration?at=${at}&and=${and}`).expect(200)).body as ConfigurationComparison;
}

/** When the newest change was recorded, by the ledger's own clock. */
async function now(): Promise<string> {
  await desk.caughtUp();
  const { body } = await auditor.get('/audit/changes?limit=1').expect(200);
  return (body as { data: { at: string }[] }).data[0]?.at ?? '';
}

async function createTeam(name: string): Promise<string> {
  return ((await admin.post('/teams', { name }).expect(201)).body as { id: string }).id;
}

const valuesOf = ({ data }: ConfigurationComparison, subject: string): readonly unknown[] =>
  data
    .filter((one) => one.subject === subject)
    .map(({ field, before, after }) => [field, before?.value ?? null, after?.value ?? null]);

describe('the configuration at two moments', () => {
  it('differs by what was changed between them, each value with the event that proves it', async () => {
    const kept = await createTeam('Kept');
    const id = await createTeam('Returns');
    await admin.post(`/teams/${id}/members`, { memberId: admin.memberId }).expect(200);
    const before = await now();
    await admin.post(`/teams/${id}/rename`, { name: 'Refunds' }, { 'If-Match': '*' }).expect(200);
    await admin.post(`/teams/${id}/members`, { memberId: auditor.memberId }).expect(200);
    await admin.delete(`/teams/${id}/members/${admin.memberId}`).expect(200);
    const newTeam = await createTeam('New');
    const after = await now();

    const comparison = await compare(before, after);
    expect(valuesOf(comparison, id)).toEqual([
      ...[
        ['memberId', null, auditor.memberId],
        ['memberId', admin.memberId, null],
      ].toSorted((a, b) => (String(a[1] ?? a[2]) < String(b[1] ?? b[2]) ? -1 : 1)),
      ['name', 'Returns', 'Refunds'],
    ]);
    expect(valuesOf(comparison, newTeam)).toEqual([['name', null, 'New']]);
    expect(valuesOf(comparison, kept)).toEqual([]);
    const renamed = comparison.data.find(({ subject, field }) => subject === id && field === 'name');
    const { body } = await auditor.get(`/ledger?stream=team-${id}&type=TeamRenamed`).expect(200);
    const [event] = (body as { data: { id: string; hash: string; recordedAt: string }[] }).data;
    expect(renamed?.after).toEqual({ value: 'Refunds', event: event?.id, hash: event?.hash, since: event?.recordedAt });
    expect(await compare(after, before)).toEqual(comparison);
  });

  it('tells every setting of the workspace, as it is now and as it was', async () => {
    await admin.post('/workspace/configure', { autoCloseDays: 11 }, { 'If-Match': '*' }).expect(200);
    const before = await now();
    await admin
      .post('/workspace/configure', { autoCloseDays: 12, name: `N ${newId()}` }, { 'If-Match': '*' })
      .expect(200);
    const { data } = await compare(before, await now());
    const { body: workspace } = await admin.get('/workspace').expect(200);
    const { id, ...settings } = workspace as Record<string, unknown>;
    const later = data.filter(({ subject }) => subject === id).map(({ field, after }) => [field, after?.value]);
    expect(settings).toMatchObject(Object.fromEntries(later) as object);
    const closing = data.find(({ field }) => field === 'autoCloseDays');
    expect([closing?.before?.value, closing?.after?.value]).toEqual([11, 12]);
  });

  it('is of the own workspace, for those who may read the ledger', async () => {
    const day = '2026-01-01T00:00:00Z';
    const agent = await caller(desk, 'agent@demo.test');
    await agent.get(`/audit/configuration?at=${day}&and=${day}`).expect(403);
    await auditor.get(`/audit/configuration?at=yesterday&and=${day}`).expect(400);
    const other = await caller(desk, 'owner@globex.test');
    const mine = await createTeam('Not yours');
    expect(valuesOf(await compare(day, await now(), other), mine)).toEqual([]);
    expect((await compare(day, '2026-01-02T00:00:00Z')).data).toEqual([]);
  });
});
