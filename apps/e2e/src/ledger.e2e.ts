import { ledgerdesk } from './command-line.js';
import { type Answer, eventually, type Member, memberOf } from './member.js';
import { asSuperuser } from './storage.js';

let owner: Member;

beforeAll(async () => {
  owner = await memberOf('owner@demo.test');
});

async function openTicket(subject: string): Promise<string> {
  const requester = { email: 'ledger@example.com', name: 'Lea Dger' };
  const { body } = await owner.post('/tickets', { subject, body: 'It is about proof.', requester });
  return body.id as string;
}

describe('read models', () => {
  it('M3 are dropped under a running desk and built again, and every row is as it was', async () => {
    const ticketId = await openTicket('Still there after the rebuild');
    const rebuilding = { over: false };
    const rebuild = ledgerdesk(process.env.E2E_DATA ?? '', 'rebuild', '--compare').finally(() => {
      rebuilding.over = true;
    });
    const statuses = new Set<number>();
    while (!rebuilding.over) {
      for (const path of ['/tickets?limit=20', '/tickets/counts', '/tickets?q=invoice', '/customers'])
        statuses.add((await owner.ask('GET', path)).status);
    }
    const { code, output } = await rebuild;
    expect(output).toMatch(/^inbox: [1-9]\d* rows, equal to before$/m);
    expect(output).not.toContain('different from before');
    expect(code).toBe(0);
    expect([...statuses]).toEqual([200]);
    expect((await owner.get(`/tickets/${ticketId}`)).body.subject).toBe('Still there after the rebuild');
  });
});

/** Changes stored events behind the back of the desk: past the trigger that refuses it. */
function tamper(ticketId: string, change: string): Promise<void> {
  return asSuperuser(async (client) => {
    await client.query(`set session_replication_role = replica`);
    const { rowCount } = await client.query(`update events set ${change} where stream like $1 and revision = 1`, [
      `ticket-%_${ticketId}`,
    ]);
    expect(rowCount).toBe(1);
  });
}

const ledgerOf = (ticketId: string): Promise<Answer> => owner.get(`/tickets/${ticketId}/ledger`);

describe('a ledger that somebody edits', () => {
  const flip = (at: number): string =>
    `data = overlay(data placing chr(ascii(substr(data, ${String(at)}, 1)) # 1) from ${String(at)} for 1)`;

  it('M5 is found out by one bit of one event, and whole again when that is put back', async () => {
    const ticketId = await openTicket('Nobody edits the past');
    await owner.post(`/tickets/${ticketId}/notes`, { body: 'A note of many words, sealed.' });
    await owner.post(`/tickets/${ticketId}/prioritise`, { priority: 'high' });
    await eventually(
      () => owner.ask('GET', `/tickets/${ticketId}/ledger`),
      ({ status }) => status === 200,
    );
    expect((await ledgerOf(ticketId)).body).toMatchObject({ verified: true, broken: null });
    await tamper(ticketId, flip(30));
    expect((await ledgerOf(ticketId)).body).toMatchObject({ verified: false, broken: { revision: 1, reason: 'hash' } });
    await tamper(ticketId, flip(30));
    expect((await ledgerOf(ticketId)).body).toMatchObject({ verified: true, broken: null });
  });

  it('N8 can not be changed by any role that the desk logs in as, nor by the owner of its tables', async () => {
    await asSuperuser(async (client) => {
      for (const role of ['ld_app', 'ld_project', 'ld_owner']) {
        await client.query(`set role ${role}`);
        for (const change of ['update events set type = type', 'delete from events', 'truncate events'])
          await expect(client.query(change)).rejects.toMatchObject({ code: '42501' });
        await client.query('reset role');
      }
    });
  });
});
