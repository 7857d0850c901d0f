import request from 'supertest';
import { demoIds } from '@ledgerdesk/identity';
import { streamName } from '@ledgerdesk/event-store';
import { type Caller, caller, eventually, present } from '@ledgerdesk/testing';
import { MailDesk } from './spec/mail-desk.js';

let mail: MailDesk;
let owner: Caller;
let admin: Caller;

beforeAll(async () => {
  mail = await MailDesk.start();
  owner = await caller(mail.desk, 'owner@demo.test');
  admin = await caller(mail.desk, 'admin@demo.test');
}, 120_000);

afterAll(async () => {
  await mail.close();
});

const idOf = (email: string): string => demoIds.member('demo', email);

function change(by: Caller, email: string, what: string, body: object = {}): request.Test {
  return by.post(`/members/${idOf(email)}/${what}`, body, { 'If-Match': '*' });
}

async function roleOf(email: string): Promise<unknown> {
  const { body } = await owner.get(`/members/${idOf(email)}`).expect(200);
  return (body as { role: unknown }).role;
}

describe('the role of a member', () => {
  it('C4 is given by owners and admins, and none above the own', async () => {
    expect((await change(admin, 'agent@demo.test', 'role', { role: 'supervisor' }).expect(200)).body).toMatchObject({
      id: idOf('agent@demo.test'),
      role: 'supervisor',
      name: 'Maya Lindqvist',
    });
    await change(admin, 'agent@demo.test', 'role', { role: 'agent' }).expect(200);
    for (const [email, role] of [
      ['agent@demo.test', 'owner'],
      ['owner@demo.test', 'agent'],
      ['owner@demo.test', 'owner'],
    ] as const) {
      const { body } = await change(admin, email, 'role', { role }).expect(403);
      expect(body).toMatchObject({ code: 'auth.forbidden' });
    }
    await change(admin, 'owner@demo.test', 'deactivate').expect(403);
    await change(await caller(mail.desk, 'supervisor@demo.test'), 'agent@demo.test', 'role', { role: 'agent' }).expect(
      403,
    );
    await change(await caller(mail.desk, 'owner@globex.test'), 'agent@demo.test', 'role', { role: 'agent' }).expect(
      404,
    );
  });

  it('C4 is nobody’s own to change', async () => {
    for (const [by, email] of [
      [admin, 'admin@demo.test'],
      [owner, 'owner@demo.test'],
    ] as const) {
      const roles = await change(by, email, 'role', { role: 'agent' });
      expect([roles.status, (roles.body as { code: string }).code]).toEqual(
        by === owner ? [409, 'member.last-owner'] : [403, 'member.oneself'],
      );
    }
    await change(owner, 'admin@demo.test', 'role', { role: 'owner' }).expect(200);
    await mail.desk.caughtUp();
    expect((await change(owner, 'owner@demo.test', 'role', { role: 'agent' }).expect(403)).body).toMatchObject({
      code: 'member.oneself',
    });
    await change(owner, 'admin@demo.test', 'role', { role: 'admin' }).expect(200);
  });

  it('C3 is decided by the role that the asker has now', async () => {
    await change(owner, 'supervisor@demo.test', 'role', { role: 'admin' }).expect(200);
    const fresh = await request(mail.desk.server)
      .post('/api/v1/auth/login')
      .send({ email: 'supervisor@demo.test', password: 'ledgerdesk-demo' });
    const { accessToken } = fresh.body as { accessToken: string };
    const asAdmin = (): request.Test =>
      request(mail.desk.server)
        .post(`/api/v1/members/${idOf('agent@demo.test')}/role`)
        .set({ Authorization: `Bearer ${accessToken}`, 'If-Match': '*' })
        .send({ role: 'admin' });
    await asAdmin().expect(200);
    await change(owner, 'agent@demo.test', 'role', { role: 'agent' }).expect(200);
    await change(owner, 'supervisor@demo.test', 'role', { role: 'supervisor' }).expect(200);
    // The token is remembered as an admin's for some seconds; the ledger knows better.
    await asAdmin().expect(403);
    expect(await roleOf('agent@demo.test')).toBe('agent');
  });

  it('is guarded: two who change it at the same time see each other', async () => {
    const path = `/members/${idOf('aiko@demo.test')}`;
    await owner.post(`${path}/role`, { role: 'auditor' }).expect(428);
    const seen = present((await owner.get(path).expect(200)).headers.etag);
    await admin.post(`${path}/role`, { role: 'supervisor' }, { 'If-Match': seen }).expect(200);
    const stale = await owner.post(`${path}/role`, { role: 'auditor' }, { 'If-Match': seen }).expect(412);
    expect(stale.body).toMatchObject({ conflicts: [{ field: 'role', yours: 'auditor', theirs: 'supervisor' }] });
    await change(owner, 'aiko@demo.test', 'role', { role: 'agent' }).expect(200);
  });

  it('C5 of two owners who take each other’s seat at the same moment one stays', async () => {
    for (const what of ['role', 'deactivate'] as const) {
      await change(owner, 'admin@demo.test', 'role', { role: 'owner' }).expect(200);
      await mail.desk.caughtUp();
      const answers = await Promise.all([
        change(owner, 'admin@demo.test', what, what === 'role' ? { role: 'agent' } : {}),
        change(admin, 'owner@demo.test', what, what === 'role' ? { role: 'agent' } : {}),
      ]);
      // Refused because of what the other one did, or not let in any more at all.
      const [done, refused] = answers.map(({ status }) => status).toSorted();
      expect(done).toBe(200);
      expect([401, 403]).toContain(refused);
      await mail.desk.caughtUp();
      const loser = answers[0].status === 200 ? 'admin@demo.test' : 'owner@demo.test';
      const winner = loser === 'admin@demo.test' ? owner : admin;
      // As it was, so that the next round begins alike.
      await change(winner, loser, 'reactivate').expect(200);
      await change(winner, loser, 'role', { role: 'owner' }).expect(200);
      await mail.desk.caughtUp();
      if (winner === admin) await change(owner, 'admin@demo.test', 'role', { role: 'admin' });
      owner = await signedIn('owner@demo.test');
      admin = await signedIn('admin@demo.test');
      await change(owner, 'admin@demo.test', 'role', { role: 'admin' }).expect(200);
    }
  });
});

async function signedIn(email: string): Promise<Caller> {
  return caller({ ...mail.desk, tokenOf: () => login(email) }, email);
}

async function login(email: string): Promise<string> {
  const { body } = await request(mail.desk.server)
    .post('/api/v1/auth/login')
    .send({ email, password: 'ledgerdesk-demo' })
    .expect(200);
  return (body as { accessToken: string }).accessToken;
}

describe('a member who is deactivated', () => {
  const EMAIL = 'daniel@demo.test';

  it('B9 is let in no more within five seconds, and no session comes back with the seat', async () => {
    const { body, headers } = await request(mail.desk.server)
      .post('/api/v1/auth/login')
      .send({ email: EMAIL, password: 'ledgerdesk-demo' })
      .expect(200);
    const cookie = (headers['set-cookie'] as unknown as string[]).find((text) => text.startsWith('ld_refresh=')) ?? '';
    const { accessToken } = body as { accessToken: string };
    const teams = (): request.Test =>
      request(mail.desk.server).get('/api/v1/teams').set('Authorization', `Bearer ${accessToken}`);
    await teams().expect(200);

    await change(admin, EMAIL, 'deactivate').expect(200);
    await change(admin, EMAIL, 'deactivate').expect(200);
    await eventually(async () => {
      await teams().expect(401);
    });
    await request(mail.desk.server)
      .post('/api/v1/auth/login')
      .send({ email: EMAIL, password: 'ledgerdesk-demo' })
      .expect(401);
    await eventually(async () => {
      const rows = await mail.desk.readStore.global((sql) =>
        sql.rows('select 1 from session where member_id = $1 and ended_at is null', [idOf(EMAIL)]),
      );
      expect(rows).toEqual([]);
    });

    await change(admin, EMAIL, 'reactivate').expect(200);
    await request(mail.desk.server)
      .post('/api/v1/auth/refresh')
      .set('Cookie', cookie.split(';')[0] ?? '')
      .expect(401);
    await teams().expect(401);
    await login(EMAIL);
  });

  it('gives their open tickets back to the teams, once, and keeps what is done', async () => {
    const team = demoIds.team('demo', 'Billing');
    const opened = async (subject: string): Promise<string> => {
      const requester = { email: `${subject}@example.com`, name: 'Ada' };
      const { body } = await owner.post('/tickets', { subject, body: 'Hello', requester }).expect(201);
      const { id } = body as { id: string };
      const assigned = { assigneeId: idOf(EMAIL), teamId: team };
      await owner.post(`/tickets/${id}/assign`, assigned, { 'If-Match': '*' }).expect(200);
      return id;
    };
    const [open, moved, solved] = [await opened('open'), await opened('moved'), await opened('solved')];
    await owner.post(`/tickets/${solved}/solve`, {}, { 'If-Match': '*' }).expect(200);
    await change(owner, EMAIL, 'deactivate').expect(200);
    // Somebody is faster than the reaction, or not; either way it is theirs.
    const other = { assigneeId: idOf('samir@demo.test') };
    await owner.post(`/tickets/${moved}/assign`, other, { 'If-Match': '*' }).expect(200);

    await eventually(async () => {
      const { body } = await owner.get(`/tickets/${open}`).expect(200);
      expect(body).toMatchObject({ assigneeId: null, teamId: team, status: 'open' });
      const effects = await mail.effects('return-tickets-of-member', owner.workspaceId);
      expect(effects.at(-1)).toEqual({ state: 'done', reason: null });
    });
    const seen = async (id: string): Promise<unknown> =>
      ((await owner.get(`/tickets/${id}`).expect(200)).body as { assigneeId: unknown }).assigneeId;
    expect([await seen(moved), await seen(solved)]).toEqual([idOf('samir@demo.test'), idOf(EMAIL)]);
    const events = await mail.desk.store.read(streamName('ticket', owner.workspaceId, open));
    const returned = events.filter(({ metadata }) => metadata.includes('"system:return-tickets-of-member"'));
    expect(returned.map(({ type }) => type)).toEqual(['TicketAssigned']);
  });
});
