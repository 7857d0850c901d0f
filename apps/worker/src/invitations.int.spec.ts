import { Client } from 'pg';
import request, { type Response } from 'supertest';
import { streamName } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { type Caller, caller, eventually, present } from '@ledgerdesk/testing';
import { rowsWith } from './spec/erasure-desk.js';
import { MailDesk, tokenIn } from './spec/mail-desk.js';

const PASSWORD = 'three quiet boats at noon';

let mail: MailDesk;
let owner: Caller;
let admin: Caller;
let database: Client;

beforeAll(async () => {
  mail = await MailDesk.start();
  owner = await caller(mail.desk, 'owner@demo.test');
  admin = await caller(mail.desk, 'admin@demo.test');
  database = new Client({ connectionString: mail.desk.database.adminUrl });
  await database.connect();
}, 120_000);

afterAll(async () => {
  await database.end();
  await mail.close();
});

function post(path: string, body: object): request.Test {
  return request(mail.desk.server).post(`/api/v1${path}`).send(body);
}

const accept = (token: string, more: object = {}): request.Test =>
  post('/auth/invitation/accept', { token, name: 'Kim Lee', password: PASSWORD, ...more });
const look = (token: string): request.Test => post('/auth/invitation/look', { token });
const codeOf = ({ status, body }: Response): [number, unknown] => [status, (body as { code?: string }).code];
const VOID = [422, 'invitation.void'];

async function invite(by: Caller, email: string, role = 'agent'): Promise<string> {
  const { body } = await by.post('/invitations', { email, role }).expect(201);
  return (body as { id: string }).id;
}

/** The token of the newest of so many mails to a new address. */
async function tokenFor(email: string, count = 1): Promise<string> {
  return tokenIn(await mail.mailTo(email, count), 'join');
}

const somebody = (): string => `${newId()}@example.com`;

async function open(): Promise<readonly { readonly email: string; readonly id: string }[]> {
  await mail.desk.caughtUp();
  const { body } = await owner.get('/invitations').expect(200);
  return (body as { data: { email: string; id: string }[] }).data;
}

async function signIn(email: string, password = PASSWORD): Promise<Response> {
  return post('/auth/login', { email, password });
}

describe('an invitation', () => {
  it('makes an account and a member of whoever has the mail, once', async () => {
    const email = somebody();
    const id = await invite(admin, ` ${email.toUpperCase()} `, 'supervisor');
    expect(await open()).toEqual([
      expect.objectContaining({ id, email, role: 'supervisor', invitedBy: `member:${admin.memberId}` }),
    ]);
    const sent = await mail.mailTo(email);
    expect(sent.subject).toBe('Invitation to Northwind Support');
    expect(sent.text).toContain('Tomasz Wójcik invites you');
    const token = tokenIn(sent, 'join');
    expect((await look(token).expect(200)).body).toEqual({
      workspace: 'Northwind Support',
      email,
      role: 'supervisor',
      hasAccount: false,
    });
    expect(codeOf(await accept(token, { password: 'short' }))).toEqual([422, 'password.too-short']);
    await accept(token).expect(204);
    // The answer may have been lost; the same again changes nothing.
    await accept(token).expect(204);
    expect(codeOf(await accept(token, { password: 'another of four words' }))).toEqual([
      422,
      'invitation.proof-refused',
    ]);
    expect(codeOf(await look(token))).toEqual(VOID);

    const { body } = await signIn(email);
    expect(body).toMatchObject({ member: { name: 'Kim Lee', role: 'supervisor' }, workspace: { slug: 'demo' } });
    expect(await open()).toEqual([]);
    const memberId = (body as { member: { id: string } }).member.id;
    const events = await mail.desk.store.read(streamName('member', admin.workspaceId, memberId));
    expect(events.map(({ type }) => type)).toEqual(['MemberJoined']);
  });

  it('B12 adds a seat to an account that is shown to be one’s own, and signs nobody in', async () => {
    const email = 'owner@globex.test';
    await invite(owner, email);
    const token = await tokenFor(email);
    expect((await look(token).expect(200)).body).toMatchObject({ hasAccount: true });
    expect(codeOf(await accept(token))).toEqual([422, 'invitation.proof-refused']);
    expect((await signIn(email, PASSWORD)).status).toBe(401);
    const taken = await accept(token, { password: 'ledgerdesk-demo', name: 'Ingrid' }).expect(204);
    expect(taken.headers['set-cookie']).toBeUndefined();
    const { body } = await post('/auth/login', { email, password: 'ledgerdesk-demo', workspace: 'demo' }).expect(200);
    expect(body).toMatchObject({ member: { name: 'Ingrid' }, workspace: { slug: 'demo' } });
    const there = await post('/auth/login', { email, password: 'ledgerdesk-demo', workspace: 'globex' }).expect(200);
    expect(there.body).toMatchObject({ member: { name: 'Ingrid Solberg', role: 'owner' } });
  });

  it('is sent again with a new link, and leads nowhere once it is withdrawn', async () => {
    const email = somebody();
    const id = await invite(owner, email);
    const older = await tokenFor(email);
    await owner.post(`/invitations/${id}/resend`).expect(200);
    const newer = await tokenFor(email, 2);
    expect(codeOf(await accept(older))).toEqual(VOID);
    await look(newer).expect(200);
    await owner.post(`/invitations/${id}/withdraw`).expect(200);
    await owner.post(`/invitations/${id}/withdraw`).expect(200);
    expect(codeOf(await accept(newer))).toEqual(VOID);
    expect(codeOf(await look(newer))).toEqual(VOID);
    expect(await open()).toEqual([]);
    expect(await invite(owner, email)).toBe(id);
    await accept(await tokenFor(email, 3)).expect(204);
    expect(codeOf(await owner.post(`/invitations/${id}/withdraw`))).toEqual([409, 'invitation.accepted']);
  });

  it('K1 is accepted once, however many ask at the same moment', async () => {
    const email = somebody();
    await invite(owner, email);
    const token = await tokenFor(email);
    const answers = await Promise.all(
      ['one of four words here', 'two of four words here', 'one of four words here'].map((password) =>
        accept(token, { password }),
      ),
    );
    const right = answers.filter(({ status }) => status === 204);
    expect(right.length).toBeGreaterThan(0);
    const doors = await Promise.all(['one of four words here', 'two of four words here'].map((p) => signIn(email, p)));
    expect(doors.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    // Whoever heard that it went well can sign in.
    expect(right.length).toBe(present(doors[0]).status === 200 ? 2 : 1);
  });

  it('leaves a trace of who was here: address and last use, of this workspace only', async () => {
    const { body } = await owner.get('/seats').expect(200);
    const { data } = body as { data: { memberId: string; email: string; lastSeenAt: string | null }[] };
    const mine = data.find(({ memberId }) => memberId === owner.memberId);
    expect(mine?.email).toBe('owner@demo.test');
    expect(Date.parse(present(mine?.lastSeenAt ?? undefined))).toBeGreaterThan(0);
    expect(data.find(({ email }) => email === 'daniel@demo.test')?.lastSeenAt).toBeNull();
    const foreign = await caller(mail.desk, 'owner@globex.test');
    const theirs = await foreign.get('/seats').expect(200);
    expect((theirs.body as { data: { email: string }[] }).data.map(({ email }) => email)).toEqual([
      'owner@globex.test',
    ]);
  });

  it('C4 gives nobody a role above that of who invites, nor lets them touch such an invitation', async () => {
    const email = somebody();
    expect(codeOf(await admin.post('/invitations', { email, role: 'owner' }))).toEqual([403, 'auth.forbidden']);
    const agent = await caller(mail.desk, 'agent@demo.test');
    expect(codeOf(await agent.post('/invitations', { email, role: 'auditor' }))).toEqual([403, 'auth.forbidden']);
    expect(codeOf(await agent.get('/invitations'))).toEqual([403, 'auth.forbidden']);
    const id = await invite(owner, email, 'owner');
    for (const what of ['resend', 'withdraw'])
      expect(codeOf(await admin.post(`/invitations/${id}/${what}`))).toEqual([403, 'auth.forbidden']);
    await owner.post(`/invitations/${id}/withdraw`).expect(200);
  });

  it('is refused for members, twice, and for what is not one address', async () => {
    expect(codeOf(await owner.post('/invitations', { email: 'agent@demo.test', role: 'agent' }))).toEqual([
      409,
      'invitation.seated',
    ]);
    const email = somebody();
    const id = await invite(owner, email);
    expect(codeOf(await owner.post('/invitations', { email, role: 'agent' }))).toEqual([409, 'invitation.exists']);
    await owner.post(`/invitations/${id}/withdraw`).expect(200);
    for (const bad of ['a@example.com, b@example.com', 'Kim <kim@example.com>', 'kim@exa\r\nBcc: x@y.z', 'kim'])
      expect((await owner.post('/invitations', { email: bad, role: 'agent' })).status).toBeGreaterThanOrEqual(400);
  });

  it('B5 is answered alike whether the address has an account elsewhere', async () => {
    const foreign = await caller(mail.desk, 'owner@globex.test');
    const answers = [
      await foreign.post('/invitations', { email: 'samir@demo.test', role: 'agent' }),
      await foreign.post('/invitations', { email: somebody(), role: 'agent' }),
    ];
    const seen = answers.map(({ status, body }) => [status, Object.keys(body as object)]);
    expect(seen).toEqual([
      [201, ['id']],
      [201, ['id']],
    ]);
  });

  it('B17 has a token that stands nowhere, and an address that goes with the member', async () => {
    const email = somebody();
    await invite(owner, email);
    const token = await tokenFor(email);
    const seal = present(token.split('.').at(-1));
    expect(await rowsWith(database, seal)).toEqual({});
    expect([...mail.lines, ...mail.desk.logged].filter((line) => line.includes(seal) || line.includes(email))).toEqual(
      [],
    );
    await mail.desk.caughtUp();
    expect(Object.keys(await rowsWith(database, email))).toEqual(['invitations_v1']);
    await accept(token).expect(204);
    const { body } = await signIn(email);
    const { id } = (body as { member: { id: string } }).member;
    await owner.post(`/members/${id}/erasure`, { reason: 'person_asked' }, { 'If-Match': '*' }).expect(202);
    await eventually(async () => {
      expect((await owner.get(`/members/${id}/erasure`).expect(200)).body).toMatchObject({ state: 'erased' });
    });
    await mail.desk.caughtUp();
    expect(await rowsWith(database, email)).toEqual({});
  });

  it('B3 is guessed at ten times, and no more', async () => {
    // Invited to the other workspace above.
    const email = 'samir@demo.test';
    const token = tokenIn(await mail.mailTo(email), 'join');
    const answers = await Promise.all(Array.from({ length: 14 }, () => accept(token, { password: 'not the one' })));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4);
    expect(answers.filter(({ status }) => status === 204)).toEqual([]);
  });
});
