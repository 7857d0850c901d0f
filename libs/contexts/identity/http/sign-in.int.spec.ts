import request from 'supertest';
import { startTestDesk, type TestDesk } from '@ledgerdesk/testing';

let desk: TestDesk;

beforeAll(async () => {
  desk = await startTestDesk();
}, 120_000);

afterAll(async () => {
  await desk.close();
});

const agent = (): ReturnType<typeof request> => request(desk.server);
const PASSWORD = 'ledgerdesk-demo';

describe('signing in', () => {
  it('answers who is signed in and where', async () => {
    const { status, body, headers } = await agent()
      .post('/api/v1/auth/login')
      .send({ email: ' Agent@Demo.TEST ', password: PASSWORD });
    expect(status).toBe(200);
    expect(body).toEqual({
      accessToken: expect.any(String) as string,
      expiresIn: 900,
      member: { id: expect.any(String) as string, name: 'Maya Lindqvist', email: 'agent@demo.test', role: 'agent' },
      workspace: {
        id: expect.any(String) as string,
        name: 'Northwind Support',
        slug: 'demo',
        timeZone: 'Europe/Berlin',
        language: 'en',
      },
    });
    expect(headers['cache-control']).toBe('private, no-store');
  });
});
