import { EVENT_STORE, type EventStore } from '@ledgerdesk/event-store';
import { openReport, Sealer, VerificationRunner } from '@ledgerdesk/proof';
import { type Connections, projectConnections } from '@ledgerdesk/read-store';
import { type Caller, caller, present, startTestDesk, type TestDesk } from '@ledgerdesk/testing';
import type { VerificationList, VerificationView } from './verification.schemas.js';

let desk: TestDesk;
let auditor: Caller;
let connections: Connections;
let runner: VerificationRunner;

beforeAll(async () => {
  desk = await startTestDesk();
  auditor = await caller(desk, 'auditor@demo.test');
  connections = projectConnections(desk.database.projectUrl);
  const worker = {
    store: desk.app.get<EventStore>(EVENT_STORE),
    connections,
    installationKey: desk.database.installationKey,
  };
  await new Sealer({ ...worker, interval: 60 }).seal({ now: true });
  runner = new VerificationRunner(worker);
}, 120_000);

afterAll(async () => {
  await connections.close();
  await desk.close();
});

describe('the check of the ledger of a workspace', () => {
  it('is asked for by auditors, done by a worker, and shown with its signed report', async () => {
    const asked = await auditor.post('/ledger/verifications', {}).expect(202);
    const { id } = asked.body as VerificationView;
    expect(asked.body).toMatchObject({ state: 'waiting', report: null, signed: null });
    const again = await auditor.post('/ledger/verifications', {}).expect(202);
    expect((again.body as VerificationView).id).toBe(id);
    await runner.runNext();
    const { body } = await auditor.get('/ledger/verifications').expect(200);
    const [newest] = (body as VerificationList).data;
    expect(newest).toMatchObject({ id, state: 'done', report: { finding: null, unsealed: 0, anchor: 'none' } });
    const signed = present(newest?.signed ?? undefined);
    const report = present(openReport(JSON.stringify(signed), [signed.publicKey]));
    expect(report.events).toBeGreaterThan(0);
    expect(report.events).toBe(newest?.events);
  });

  it('is nobody else’s business', async () => {
    const agent = await caller(desk, 'agent@demo.test');
    await agent.post('/ledger/verifications', {}).expect(403);
    await agent.get('/ledger/verifications').expect(403);
    const foreign = await caller(desk, 'owner@globex.test');
    const { body } = await foreign.get('/ledger/verifications').expect(200);
    expect(body).toEqual({ data: [] });
  });
});
