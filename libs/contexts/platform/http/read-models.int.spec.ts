import { startTestDesk, type TestDesk, eventually } from '@ledgerdesk/testing';
import { Client } from 'pg';
import request, { type Response } from 'supertest';
import type { ParkedStreamView, ReadModelList, ReadModelView } from './read-model.schemas.js';

let desk: TestDesk;
let owner: string;
let stranger: string;
let admin: Client;

beforeAll(async () => {
  desk = await startTestDesk();
  owner = await desk.tokenOf('owner@demo.test');
  stranger = await desk.tokenOf('owner@globex.test');
  await desk.caughtUp();
  admin = new Client({ connectionString: desk.database.adminUrl });
  await admin.connect();
}, 120_000);

afterAll(async () => {
  await admin.end();
  await desk.close();
});

async function list(token = owner): Promise<ReadModelList> {
  const { status, body } = await request(desk.server)
    .get('/api/v1/read-models')
    .set('Authorization', `Bearer ${token}`);
  expect(status).toBe(200);
  return body as ReadModelList;
}

async function members(token = owner): Promise<ReadModelView> {
  const found = (await list(token)).data.find(({ name }) => name === 'members');
  if (!found) throw new Error('There is no such read model.');
  return found;
}

async function change(what: string, { name = 'members', token = owner } = {}): Promise<Response> {
  return request(desk.server)
    .post(`/api/v1/read-models/${name}/change`)
    .set('Authorization', `Bearer ${token}`)
    .send({ change: what });
}

function code({ body }: Response): unknown {
  return (body as { code?: unknown }).code;
}

async function workspaceOf(email: string): Promise<string> {
  const { rows } = await admin.query<{ workspace_id: string }>(
    'select s.workspace_id from account_seat s join account a on a.id = s.account_id where a.email = $1',
    [email],
  );
  return rows[0]?.workspace_id ?? '';
}

describe('read models in the desk', () => {
  it('are listed with their generations, level and brought forward', async () => {
    const { data, changedInDesk } = await list();
    expect(changedInDesk).toBe(true);
    expect(data.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['customers', 'inbox', 'ticket_search', 'timeline']),
    );
    await eventually(async () => {
      expect((await members()).generations).toMatchObject([
        { state: 'live', percent: 100, eventsBehind: 0, secondsBehind: 0, running: true, parkedStreams: 0, wish: null },
      ]);
    });
  });

  it('are built beside, compared, switched, rolled back and dropped by wishes that a worker fulfils', async () => {
    const before = (await members()).generations.find(({ state }) => state === 'live')?.table ?? '';
    expect((await change('rebuild')).status).toBe(202);
    await eventually(async () => {
      expect((await members()).generations).toMatchObject([
        { table: before },
        { state: 'building', built: true, percent: 100 },
      ]);
    });
    expect(code(await change('rebuild'))).toBe('read-model.building');
    await change('compare');
    await eventually(async () => {
      const [, building] = (await members()).generations;
      expect(building?.comparison).toMatchObject({ equal: true, missing: 0, surplus: 0, different: 0 });
      expect(building?.comparison?.liveRows).toBeGreaterThan(0);
    });
    await change('switch');
    await eventually(async () => {
      expect((await members()).generations).toMatchObject([{ state: 'live' }, { table: before, state: 'kept' }]);
    });
    const listed = await request(desk.server).get('/api/v1/members?limit=5').set('Authorization', `Bearer ${owner}`);
    expect((listed.body as { data: unknown[] }).data).toHaveLength(5);
    await change('roll-back');
    await eventually(async () => {
      expect((await members()).generations).toMatchObject([{ table: before, state: 'live' }, { state: 'kept' }]);
    });
    await change('drop');
    await eventually(async () => {
      expect((await members()).generations).toMatchObject([{ table: before, state: 'live' }]);
    });
    expect(code(await change('switch'))).toBe('read-model.nothing-built');
    expect(code(await change('roll-back'))).toBe('read-model.nothing-kept');
    expect(code(await change('rebuild', { name: 'secrets' }))).toBe('read-model.not-found');
    expect((await change('explode')).status).toBe(400);
  });

  it('A4 show each workspace its own parked streams only', async () => {
    const [ours, theirs] = [await workspaceOf('owner@demo.test'), await workspaceOf('owner@globex.test')];
    const id = '01936c0e-7a00-7000-8000-00000000000a';
    for (const workspace of [ours, theirs])
      await admin.query(
        `insert into parked_event (consumer, stream, revision, workspace_id, reason)
         select table_name, $1, 0, $2, 'TypeError in apply' from read_model_generation where read_model = 'members' and state = 'live'`,
        [`ticket-${workspace.replaceAll('-', '')}_${id}`, workspace],
      );
    const expected: Partial<ParkedStreamView> = { stream: `ticket-${id}`, events: 1, reason: 'TypeError in apply' };
    for (const token of [owner, stranger]) {
      const { parked, data } = await list(token);
      expect(parked).toMatchObject([expected]);
      expect(data.flatMap(({ generations }) => generations.map(({ parkedStreams }) => parkedStreams))).toContain(1);
      expect(JSON.stringify(parked)).not.toContain((token === owner ? theirs : ours).replaceAll('-', ''));
    }
    await admin.query('delete from parked_event');
  });

  it('C7 are neither shown to nor changed by those who do not keep the workspace', async () => {
    for (const email of ['supervisor@demo.test', 'agent@demo.test', 'light@demo.test', 'auditor@demo.test']) {
      const token = await desk.tokenOf(email);
      const read = await request(desk.server).get('/api/v1/read-models').set('Authorization', `Bearer ${token}`);
      expect(read.status).toBe(403);
      expect((await change('rebuild', { token })).status).toBe(403);
    }
  });
});
