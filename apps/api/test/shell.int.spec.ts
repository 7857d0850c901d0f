import Bull from 'bull';
import { Client } from 'pg';
import request from 'supertest';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { parseStreamName, streamName } from '@ledgerdesk/event-store';
import { newId } from '@ledgerdesk/kernel';
import { Log } from '@ledgerdesk/logging';
import { caller, eventually, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import { createApplication } from '../src/application.js';

describe('the api around its rooms', () => {
  let desk: TestDesk;

  beforeAll(async () => {
    desk = await startTestDesk();
  }, 120_000);

  afterAll(async () => {
    await desk.close();
  });

  const get = (path: string): request.Test => request(desk.server).get(path);

  it('says that it lives, and what each part is doing', async () => {
    expect((await get('/api/health/live')).body).toEqual({ status: 'up' });
    await desk.caughtUp();
    const { metricsToken = '' } = desk.app.get<Configuration>(CONFIGURATION).http;
    const { status, body } = await get('/api/health/ready').set('Authorization', `Bearer ${metricsToken}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'up',
      parts: {
        postgres: { status: 'up' },
        redis: { status: expect.stringMatching(/^up|down$/) as string },
        ledger: { status: 'up' },
        projections: { status: 'up', lagSeconds: 0, parkedStreams: 0 },
      },
    });
  });

  it('N5 shows no mail unless it catches it', async () => {
    for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail/1']) expect((await get(path)).status).toBe(404);
  });

  it('N5 says to the public whether it serves, and nothing about its parts', async () => {
    const { status, body } = await get('/api/health/ready');
    expect([status, body]).toEqual([200, { status: 'up' }]);
    const guessed = await get('/api/health/ready').set('Authorization', `Bearer ${'x'.repeat(48)}`);
    expect(guessed.body).toEqual({ status: 'up' });
  });

  it('N5 shows no description of itself where that is not wished', async () => {
    const configuration = desk.app.get<Configuration>(CONFIGURATION);
    const { docs: _, ...http } = configuration.http;
    const closed = await createApplication({ ...configuration, http }, new Log({ level: 'silent', process: 'api' }));
    try {
      await closed.listen(0, '127.0.0.1');
      for (const path of [
        '/api/docs',
        '/api/docs/',
        '/api/docs/swagger-ui.css',
        '/api/openapi.json',
        '/api/docs-json',
      ]) {
        expect([path, (await request(closed.getHttpServer()).get(path)).status]).toEqual([path, 404]);
      }
    } finally {
      await closed.close();
    }
  });

  it('N5 keeps metrics from the public', async () => {
    const { metricsToken = '' } = desk.app.get<Configuration>(CONFIGURATION).http;
    expect((await get('/api/metrics')).status).toBe(404);
    expect((await get('/api/metrics').set('Authorization', `Bearer ${metricsToken}x`)).status).toBe(404);
    const agent = await caller(desk, 'agent@demo.test');
    expect((await get('/api/metrics').set('Authorization', `Bearer ${agent.token}`)).status).toBe(404);
    await agent
      .post('/tickets', { subject: 'Metrics', body: 'One', requester: { email: 'm@example.com', name: 'M' } })
      .expect(201);

    const { status, text } = await get('/api/metrics').set('Authorization', `Bearer ${metricsToken}`);
    expect(status).toBe(200);
    const count = 'ledgerdesk_command_duration_seconds_count{command="OpenTicket",outcome="appended"}';
    expect(measured(text, count)).toBe(1);
    const lasted = measured(text, count.replace('_count', '_sum'));
    expect(lasted).toBeGreaterThan(0);
    expect(lasted).toBeLessThan(60);
  });

  it('describes itself without anything from elsewhere', async () => {
    const { body } = await get('/api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0' });
    const page = await get('/api/docs');
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/(?:src|href)="https?:/);
    // The policy allows no inline scripts, so the page must have none.
    expect(page.text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    for (const [, source = ''] of page.text.matchAll(/<script src="([^"]+)"/g)) {
      expect((await get(new URL(source, 'http://x/api/docs').pathname)).status).toBe(200);
    }
  });

  it('every problem that an operation names has its page', async () => {
    const { body } = await get('/api/openapi.json');
    const { examples } = (body as { components: { examples: Record<string, unknown> } }).components;
    for (const code of Object.keys(examples)) {
      const { status, text } = await get(`/api/problems/${code}`);
      expect(status).toBe(200);
      expect(text).toContain(`<code>${code}</code>, HTTP status`);
    }
  });

  it('logs one line per request and one per command, and none of what people wrote', async () => {
    const agent = await caller(desk, 'agent@demo.test');
    const before = desk.logged.length;
    await agent
      .post('/tickets', {
        subject: 'canary-subject',
        body: 'canary-body',
        requester: { email: 'canary@example.com', name: 'canary-name' },
      })
      .expect(201);
    const lines = desk.logged.slice(before);
    const parsed = lines.map(
      (line) => JSON.parse(line) as { msg: string; command?: string; request?: string; requestId?: string },
    );
    const line = parsed.find(({ msg }) => msg === 'request');
    const command = parsed.find(({ command: name }) => name === 'OpenTicket');
    expect(parsed.filter(({ msg }) => msg === 'request')).toHaveLength(1);
    expect(command?.request).toBe(line?.requestId);
    expect(lines.join()).not.toContain('canary');
    expect(lines.join()).not.toContain(agent.token);
  });

  it('N5 measures what is behind, set aside and waiting', async () => {
    const { http, redisUrl } = desk.app.get<Configuration>(CONFIGURATION);
    const metrics = async (): Promise<(name: string) => number> => {
      const { text } = await get('/api/metrics').set('Authorization', `Bearer ${http.metricsToken ?? ''}`);
      return (name) => measured(text, name);
    };
    await desk.caughtUp();
    const before = await metrics();
    expect(before('ledgerdesk_projection_lag_seconds{projection="inbox"}')).toBe(0);
    expect(before('ledgerdesk_projection_parked_streams{projection="inbox"}')).toBe(0);

    const queue = new Bull('effects', { prefix: 'ledgerdesk', redis: redisUrl });
    await queue.add('close-solved-ticket-of-nothing');
    await queue.close();
    expect((await metrics())('ledgerdesk_queue_depth')).toBe(before('ledgerdesk_queue_depth') + 1);

    const admin = new Client({ connectionString: desk.database.adminUrl });
    await admin.connect();
    await admin.query(
      `insert into ledger_checkpoint (name, version, moved_at) values ('asleep', 1, now() - interval '90 s')`,
    );
    // A ticket whose only event says nothing that a read model could use.
    const { stream, metadata } = present((await desk.store.readAll({ after: '', max: 1 })).at(0));
    const { workspaceId } = parseStreamName(stream);
    const empty = { id: newId(), type: 'TicketOpened', data: '{}', metadata };
    await desk.store.append(streamName('ticket', workspaceId, newId()), 'no_stream', [empty]);
    await admin.end();
    await eventually(async () => {
      const after = await metrics();
      expect(after('ledgerdesk_projection_parked_streams{projection="inbox"}')).toBe(1);
      expect(after('ledgerdesk_projection_lag_seconds{projection="inbox"}')).toBe(0);
      expect(after('ledgerdesk_projection_lag_seconds{projection="asleep"}')).toBeGreaterThanOrEqual(90);
    });
  });
});

/** The value of one line of the text that a monitoring system reads. */
function measured(text: string, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? Number.NaN : Number(line.slice(name.length + 1));
}
