import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerdesk, program } from './command-line.js';
import { memberOf } from './member.js';
import { asSuperuser } from './storage.js';

const INCIDENTS = 3_000;
const HEADER =
  'number,incident_state,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,category,subcategory,u_symptom,priority,assignment_group,assigned_to';
const STATES = ['New', 'Active', 'Resolved', 'Closed'];

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-import-'));
  file = join(folder, 'incidents.csv');
  const rows = Array.from({ length: INCIDENTS }, (_, index) => history(index)).flat();
  writeFileSync(file, [HEADER, ...rows].join('\n'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** An incident that is opened, worked on, resolved and closed on four days. */
function history(index: number): readonly string[] {
  const number = `INC9${String(index).padStart(6, '0')}`;
  const caller = `Caller ${String(index % 300)}`;
  return STATES.map(
    (state, day) =>
      `${number},${state},${String(day)},${caller},1/2/2017 08:00,${String(day + 1)}/2/2017 09:00,Phone,Category 1,?,Symptom 2,3 - Moderate,Group ${String(index % 20)},?`,
  );
}

interface Imported {
  readonly tickets: number;
  readonly events: number;
  /** Tickets of which not all four changes are there. */
  readonly torn: number;
}

function imported(workspaceId: string): Promise<Imported> {
  return asSuperuser(async (client) => {
    const { rows } = await client.query<Imported>(
      `select count(*)::int as tickets, coalesce(sum(events), 0)::int as events, (count(*) filter (where events <> 5))::int as torn
       from (select count(*) as events from events
             where workspace_id = $1 and stream like 'ticket-%' and metadata like '%"cause":"import:servicenow"%' group by stream) as ticket`,
      [workspaceId],
    );
    return rows[0] ?? { tickets: 0, events: 0, torn: 0 };
  });
}

describe('an import beside a running desk', () => {
  it('that is killed leaves whole tickets, and goes on when it is typed again', async () => {
    const dataFolder = process.env.E2E_DATA ?? '';
    const owner = await memberOf('owner@globex.test');
    const typed = ['import', 'servicenow', file, '--workspace', 'globex'];
    const killed = program('tools/ledgerdesk.mjs', typed, { LEDGERDESK_DATA: dataFolder });
    // However long it takes on this machine; the time limit of the test ends it.
    while ((await imported(owner.workspaceId)).tickets <= 100);
    process.kill(-killed.pid, 'SIGKILL');
    await killed.ended;
    const before = await imported(owner.workspaceId);
    expect(before.tickets).toBeLessThan(INCIDENTS);
    expect(before.torn).toBe(0);

    const { code, output } = await ledgerdesk(dataFolder, ...typed);
    expect(output).toContain(
      `${String(4 * INCIDENTS)} rows = ${String(4 * INCIDENTS)} applied + 0 unchanged + 0 rejected`,
    );
    expect(output).toContain('Everything shows in the desk');
    expect(code).toBe(0);
    await expect(imported(owner.workspaceId)).resolves.toEqual({ tickets: INCIDENTS, events: 5 * INCIDENTS, torn: 0 });

    const { body } = await owner.get('/tickets?q=INC9002999');
    expect(body.data).toMatchObject([{ status: 'closed', externalId: { id: 'INC9002999' } }]);
  }, 120_000);
});
