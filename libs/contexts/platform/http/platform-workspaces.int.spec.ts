import { randomUUID } from 'node:crypto';
import { nameId } from '@ledgerdesk/kernel';
import {
  type Caller,
  caller,
  platformCaller,
  type PlatformCaller,
  startTestDesk,
  type TestDesk,
} from '@ledgerdesk/testing';
import { OpenWorkspace, workspaceDecider } from '@ledgerdesk/workspaces';
import type {
  PlatformWorkspaceLine,
  PlatformWorkspacePage,
  PlatformWorkspaceView,
} from './platform-workspace.schemas.js';

const CANARY = 'a ticket about the zebra of the customer';

let desk: TestDesk;
let platform: PlatformCaller;
let owner: Caller;

beforeAll(async () => {
  desk = await startTestDesk();
  platform = await platformCaller(desk);
  owner = await caller(desk, 'owner@demo.test');
  const requester = { email: 'zebra@example.com', name: 'Zebra Customer' };
  await owner.post('/tickets', { subject: CANARY, body: CANARY, requester }).expect(201);
  for (let index = 0; index < 6; index += 1) {
    const workspaceId = nameId('many', String(index));
    const commandId = randomUUID();
    await desk.runner.run(
      workspaceDecider,
      new OpenWorkspace(workspaceId, { slug: `many-${String(index)}`, name: `One of Many ${String(index)}` }),
      { workspaceId, actor: 'system:spec', commandId, correlationId: commandId },
    );
  }
  await desk.caughtUp();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

async function page(query = ''): Promise<PlatformWorkspacePage> {
  const { body } = await platform.get(`/workspaces${query}`).expect(200);
  return body as PlatformWorkspacePage;
}

const slugs = (data: readonly PlatformWorkspaceLine[]): string[] => data.map(({ slug }) => slug);

describe('the workspaces of the installation', () => {
  it('are listed with their usage, by short name', async () => {
    const { data } = await page();
    expect(slugs(data)).toEqual([...slugs(data)].toSorted());
    const demo = data.find(({ slug }) => slug === 'demo');
    expect(demo).toMatchObject({
      id: owner.workspaceId,
      name: 'Northwind Support',
      members: 9,
      openTickets: 1,
      suspension: null,
      moreEvents: false,
    });
    expect(demo?.events).toBeGreaterThan(10);
    expect(Math.abs(Date.now() - Date.parse(demo?.lastActivityAt ?? ''))).toBeLessThan(300_000);
    const empty = data.find(({ slug }) => slug === 'many-0');
    expect(empty).toMatchObject({ members: 0, openTickets: 0, events: 1 });
  });

  it('are found by a part of name or short name, as people type it', async () => {
    expect(slugs((await page('?q=NORTHWIND')).data)).toEqual(['demo']);
    expect(slugs((await page('?q=any-3')).data)).toEqual(['many-3']);
    expect((await page('?q=%25')).data).toEqual([]);
    await platform.get('/workspaces?sort=name').expect(400);
  });

  it('come page by page, without a gap or a repetition', async () => {
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { data, page: rest } = await page(`?q=many&limit=2${after}`);
      seen.push(...slugs(data));
      if (rest.next === null) break;
      after = `&after=${rest.next}`;
    }
    expect(seen).toEqual(['many-0', 'many-1', 'many-2', 'many-3', 'many-4', 'many-5']);
    const { page: first } = await page('?q=many&limit=2');
    await platform.get(`/workspaces?q=other&after=${first.next ?? ''}`).expect(400);
  });

  it('are shown one by one, with who can sign in', async () => {
    const { body } = await platform.get(`/workspaces/${owner.workspaceId}`).expect(200);
    const { seats, timeZone } = body as PlatformWorkspaceView;
    expect(timeZone).toBe('Europe/Berlin');
    expect(seats.map(({ role }) => role).slice(0, 3)).toEqual(['owner', 'admin', 'supervisor']);
    expect(seats).toHaveLength(9);
    await platform.get(`/workspaces/${randomUUID()}`).expect(404);
    const unknown = await platform.get('/workspaces/not-an-id').expect(404);
    expect(unknown.body).toMatchObject({ code: 'workspace.not-found' });
  });

  it('give away no text of a customer and no secret', async () => {
    const [list, one] = [await platform.get('/workspaces'), await platform.get(`/workspaces/${owner.workspaceId}`)];
    for (const { text } of [list, one]) expect(text).not.toMatch(/zebra|@|argon2|hash/i);
  });

  it('are only read: the connection that sees all of them writes nothing', async () => {
    const { AcrossWorkspaces } = await import('../workspaces/across-workspaces.js');
    const across = desk.app.get(AcrossWorkspaces, { strict: false });
    await expect(across.read((sql) => sql.rows('delete from effect'))).rejects.toThrow('read-only transaction');
  });

  it('are suspended and reactivated with a reason; twice changes nothing', async () => {
    const id = nameId('many', '5');
    for (const reason of ['Unpaid.', 'Unpaid, again.']) {
      const { body } = await platform.post(`/workspaces/${id}/suspend`, { reason }).expect(200);
      expect((body as PlatformWorkspaceView).suspension).toMatchObject({ reason: 'Unpaid.' });
    }
    await desk.caughtUp();
    expect((await page('?q=many-5')).data[0]?.suspension).toMatchObject({ reason: 'Unpaid.' });
    const { body } = await platform.post(`/workspaces/${id}/reactivate`, { reason: 'Paid.' }).expect(200);
    expect((body as PlatformWorkspaceView).suspension).toBeNull();
    await platform.post(`/workspaces/${id}/suspend`, {}).expect(400);
    const blank = await platform.post(`/workspaces/${id}/suspend`, { reason: '\u200b \n' }).expect(422);
    expect(blank.body).toMatchObject({ code: 'workspace.reason-invalid' });
    const unknown = await platform.post(`/workspaces/${randomUUID()}/suspend`, { reason: 'x' }).expect(404);
    expect(unknown.body).toMatchObject({ code: 'workspace.not-found' });
  });
});
