import request from 'supertest';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { caller, startTestDesk, type TestDesk } from '@ledgerdesk/testing';

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
    const { status, body } = await get('/api/health/ready');
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
    expect(text).toMatch(/^ledgerdesk_projection_lag_seconds\{projection="inbox"\} /m);
    expect(text).toMatch(/^ledgerdesk_projection_parked_streams\{projection="inbox"\} 0$/m);
    expect(text).toMatch(/^ledgerdesk_queue_depth /m);
    expect(text).toMatch(/^ledgerdesk_command_duration_seconds_count\{command="OpenTicket",outcome="appended"\} /m);
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
});
