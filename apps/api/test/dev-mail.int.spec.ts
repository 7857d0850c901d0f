import { type AddressInfo, createServer } from 'node:net';
import request from 'supertest';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { invitationLetter, Mailer } from '@ledgerdesk/mail';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('mail of an embedded desk', () => {
  let desk: TestDesk;

  beforeAll(async () => {
    const port = String(await freePort());
    desk = await startTestDesk('postgres', { MAIL_URL: `smtp://127.0.0.1:${port}`, MAIL_CATCHER_PORT: port });
    const mailer = new Mailer(desk.app.get<Configuration>(CONFIGURATION), () => undefined);
    const workspace = '<script>alert(1)</script>';
    const link = 'https://help.example.org/join#token';
    const letter = invitationLetter({ language: 'en', workspace, inviter: 'Maya', link, days: 7 });
    await mailer.send({ to: 'kim@example.com', letter, outwardId: '01936c0e-7a00-7000-8000-00000000000a' });
  }, 120_000);

  afterAll(async () => {
    await desk.close();
  });

  it('E1 can be read on a page on which nothing runs', async () => {
    const { status, text, headers } = await request(desk.server).get('/dev/mail');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/default-src 'none';.* sandbox$/);
    expect(text).toContain('To kim@example.com');
    expect(text).toContain('href="https://help.example.org/join#token"');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toContain('<script');
  });

  it('E1 can be seen as HTML, and read by programs', async () => {
    const one = await request(desk.server).get('/dev/mail/1');
    expect(one.headers['content-security-policy']).toMatch(/default-src 'none';.* sandbox$/);
    expect(one.text).toContain('Accept the invitation</a>');
    const { body } = await request(desk.server).get('/dev/mail.json');
    expect(body).toMatchObject({ data: [{ to: ['kim@example.com'], subject: expect.any(String) as string }] });
    expect((await request(desk.server).get('/dev/mail/2')).status).toBe(404);
    expect((await request(desk.server).post('/dev/mail')).status).toBe(404);
  });

  it('N4 is not shown under the name of another site', async () => {
    expect((await request(desk.server).get('/dev/mail').set('Host', 'evil.example')).status).toBe(421);
  });
});
