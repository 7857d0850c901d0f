import { type AddressInfo, createServer, type Server } from 'node:net';
import { DomainError } from '@ledgerdesk/kernel';
import { MailCatcher } from './catcher/mail-catcher.js';
import { invitationLetter } from './letters/invitation.js';
import { MailDelayed, Mailer, type Outgoing } from './mailer.js';

const outwardId = '01936c0e-7a00-7000-8000-00000000000a';
const letter = invitationLetter({
  language: 'de',
  workspace: 'Größe & Söhne',
  inviter: 'Maya',
  link: 'https://help.example.org/join#x',
  days: 7,
});
const mail: Outgoing = { to: 'kim@example.com', letter, outwardId };

let catcher: MailCatcher;

beforeEach(async () => {
  catcher = await MailCatcher.listen(0);
});

afterEach(async () => {
  await catcher.close();
});

function mailerTo(port: number): Mailer {
  const http = { host: '', port: 0, publicUrl: 'https://help.example.org', corsOrigins: [], trustedProxies: [] };
  return new Mailer(
    { http, mail: { url: `smtp://127.0.0.1:${String(port)}`, from: 'Desk <desk@example.org>' } },
    () => undefined,
  );
}

/** A server that answers every command with the next of these lines. */
async function scripted(...answers: readonly string[]): Promise<Server> {
  const server = createServer((socket) => {
    const left = [...answers];
    socket.on('error', () => undefined);
    socket.write(left.shift() ?? '');
    socket.on('data', () => socket.write(left.shift() ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('mail', () => {
  it('arrives as text and HTML, under the id of its effect', async () => {
    await mailerTo(catcher.port).send(mail);
    expect(catcher.mails).toHaveLength(1);
    expect(catcher.mails[0]).toMatchObject({
      from: 'desk@example.org',
      to: ['kim@example.com'],
      subject: 'Einladung zu Größe & Söhne',
      messageId: `<${outwardId}@help.example.org>`,
      text: expect.stringContaining('Maya lädt Sie ein, bei Größe & Söhne') as string,
      html: expect.stringContaining('Größe &amp; Söhne') as string,
    });
    expect(catcher.mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it('L13 is the same mail when it is sent again', async () => {
    for (const attempt of [1, 2]) {
      await mailerTo(catcher.port).send(mail);
      expect(catcher.mails).toHaveLength(attempt);
    }
    expect(new Set(catcher.mails.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it('E7 gets no header from a name', async () => {
    const workspace = 'Northwind\r\nBcc: thief@example.net\r\n\r\nHello\u2028X-Evil: 1';
    const hostile = invitationLetter({ language: 'en', workspace, inviter: null, link: 'https://x.test', days: 7 });
    await mailerTo(catcher.port).send({ ...mail, letter: hostile });
    const [head = ''] = catcher.mails[0]?.raw.split('\r\n\r\n', 1) ?? [];
    const names = [...head.matchAll(/^([\w-]+):/gm)].map(([, name = '']) => name.toLowerCase());
    expect(names.toSorted()).toEqual(
      ['auto-submitted', 'content-language', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject']
        .concat('to')
        .toSorted(),
    );
    expect(catcher.mails[0]?.to).toEqual(['kim@example.com']);
  });

  it.each([
    'kim@example.com, eve@example.net',
    'kim@example.com\r\nRCPT TO:<eve@example.net>',
    'Kim <kim@example.com>',
    'kim@exa(comment)mple.com',
    '"kim eve"@example.com',
    'list:kim@example.com;',
    'kim',
    '',
  ])('E7 goes to one address only, never to %p', async (to) => {
    await expect(mailerTo(catcher.port).send({ ...mail, to })).rejects.toThrow(DomainError);
    expect(catcher.mails).toEqual([]);
  });

  it('L13 is tried again when the server says "later" or is not there, and never when it refuses for good', async () => {
    const ehlo = ['220 hi\r\n', '250 hi\r\n'];
    const later = await scripted(...ehlo, '250 ok\r\n', '451 4.7.1 greylisted <kim@example.com>\r\n');
    const refusing = await scripted(...ehlo, '250 ok\r\n', '550 5.1.1 no such user <kim@example.com>\r\n');
    const closing = await scripted('421 closing\r\n');
    const ports = [later, refusing, closing].map((server) => (server.address() as AddressInfo).port);
    const [delayed, refused, unavailable] = await Promise.all(ports.map(outcomeAt));
    for (const server of [later, refusing, closing]) server.close();
    expect(delayed).toBeInstanceOf(MailDelayed);
    expect(unavailable).toBeInstanceOf(MailDelayed);
    expect(await outcomeAt(ports[0] ?? 0)).toBeInstanceOf(MailDelayed);
    expect(refused).toMatchObject({ code: 'mail.refused' });
    // What the server said holds an address.
    expect(String(delayed)).not.toContain('kim');
  });

  it('is no business of an installation without a server', async () => {
    const http = { host: '', port: 0, publicUrl: 'https://help.example.org', corsOrigins: [], trustedProxies: [] };
    const mailer = new Mailer({ http }, () => undefined);
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'mail.not-set-up' });
  });
});

/** What came of the attempt. */
function outcomeAt(port: number): Promise<unknown> {
  return mailerTo(port)
    .send(mail)
    .catch((error: unknown) => error);
}

describe('the catcher', () => {
  it('keeps the last hundred', async () => {
    const mailer = mailerTo(catcher.port);
    for (let round = 0; round < 11; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => mailer.send(mail)));
    }
    expect(catcher.mails.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => 110 - index));
  });

  it('takes nothing large', async () => {
    const paragraphs = ['word '.repeat(80_000)];
    await expect(mailerTo(catcher.port).send({ ...mail, letter: { ...letter, paragraphs } })).rejects.toMatchObject({
      code: 'mail.refused',
    });
    expect(catcher.mails).toEqual([]);
  });
});
