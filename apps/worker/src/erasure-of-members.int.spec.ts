import { nameId } from '@ledgerdesk/kernel';
import { type Caller, caller, eventually, present } from '@ledgerdesk/testing';
import { demoIds } from '@ledgerdesk/identity';
import { ErasureDesk, rowsWith } from './spec/erasure-desk.js';

const FORMER = 'samir@demo.test';
const NAME = 'Samir Haddad';

describe('M6 erasing a member', () => {
  let here: ErasureDesk;
  let owner: Caller;
  let former: Caller;
  const path = `/members/${demoIds.member('demo', FORMER)}/erasure`;

  beforeAll(async () => {
    here = await ErasureDesk.start();
    owner = await caller(here.desk, 'owner@demo.test');
    former = await caller(here.desk, FORMER);
  }, 120_000);

  afterAll(async () => {
    await here.close();
  });

  async function erase(by: Caller, at: string, status: number): Promise<object> {
    const { body } = await by.post(at, { reason: 'person_asked' }, { 'If-Match': '*' }).expect(status);
    return body as object;
  }

  it('C4 is refused to oneself, to other roles, on the last owner, and on an owner to an admin', async () => {
    const ownerPath = `/members/${owner.memberId}/erasure`;
    await owner.post(path, { reason: 'person_asked' }).expect(428);
    expect(await erase(owner, ownerPath, 409)).toMatchObject({ code: 'member.last-owner' });
    expect(await erase(here.admin, `/members/${here.admin.memberId}/erasure`, 403)).toMatchObject({
      code: 'member.oneself',
    });
    expect(await erase(here.admin, ownerPath, 403)).toMatchObject({ code: 'auth.forbidden' });
    await erase(here.agent, path, 403);
    await erase(await caller(here.desk, 'owner@globex.test'), path, 404);
    await erase(owner, `/members/${nameId('nobody')}/erasure`, 404);
  });

  it('ends the session, takes name, address and account, and keeps what they did', async () => {
    const requester = { email: 'ada@example.org', name: 'Ada' };
    const opened = await former.post('/tickets', { subject: 'Hello', body: 'Hello', requester }).expect(201);
    await here.desk.caughtUp();
    expect(Object.keys(await rowsWith(here.database, FORMER))).toEqual(['account']);
    expect(Object.keys(await rowsWith(here.database, NAME)).toSorted()).toEqual([
      'configuration_changes_v1',
      'members_v1',
    ]);

    const seen = await owner.get(path).expect(200);
    expect(seen.body).toMatchObject({ state: 'none' });
    await owner.post(path, { reason: 'no_longer_needed' }, { 'If-Match': present(seen.headers.etag) }).expect(202);
    await eventually(async () => {
      expect((await owner.get(path).expect(200)).body).toMatchObject({ state: 'erased', reason: 'no_longer_needed' });
    });
    await here.desk.caughtUp();

    expect(await rowsWith(here.database, FORMER)).toEqual({});
    expect(await rowsWith(here.database, NAME)).toEqual({});
    expect(await rowsWith(here.database, demoIds.account(FORMER))).toEqual({ events: 1 });
    await eventually(() => former.get('/me').expect(401));
    const { status } = await fetch(`${here.desk.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: FORMER, password: 'demo' }),
    });
    expect(status).toBe(401);

    const { id } = opened.body as { id: string };
    const timeline = await owner.get(`/tickets/${id}/timeline`).expect(200);
    expect((timeline.body as { data: object[] }).data.at(-1)).toMatchObject({ actor: `member:${former.memberId}` });
    const listed = await owner.get('/members').expect(200);
    const { data } = listed.body as { data: { id: string }[] };
    expect(data.find((member) => member.id === former.memberId)).toMatchObject({ name: null, status: 'erased' });
  });

  it('leaves a read model equal to a rebuilt one', async () => {
    const live = await here.readModels();
    await here.rebuild();
    expect(await here.readModels()).toEqual(live);
  });

  it('leaves one owner, when two owners erase each other at the same moment', async () => {
    const promoted = demoIds.member('demo', 'admin@demo.test');
    const { memberDecider, ChangeMemberRole } = await import('@ledgerdesk/workspaces');
    const commandId = nameId('promote');
    await here.desk.runner.run(memberDecider, new ChangeMemberRole(promoted, 'owner'), {
      workspaceId: owner.workspaceId,
      actor: 'system:spec',
      commandId,
      correlationId: commandId,
    });
    await here.desk.caughtUp();
    const answers = await Promise.all([
      owner.post(`/members/${promoted}/erasure`, { reason: 'unlawful' }, { 'If-Match': '*' }),
      here.admin.post(`/members/${owner.memberId}/erasure`, { reason: 'unlawful' }, { 'If-Match': '*' }),
    ]);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    const { rows } = await here.database.query(
      `select 1 from events where type = 'MemberErasureRequested' and stream like any ($1)`,
      [[promoted, owner.memberId].map((id) => `%${id}`)],
    );
    expect(rows).toHaveLength(1);
  });
});
