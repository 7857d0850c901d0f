import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { session } from '../bench/session.mjs';
import { freePort } from '../services/free-port.mjs';
import { serviceHome } from '../services/places.mjs';
import { temporaryFolder } from '../services/temporary-services.mjs';
import { endAll, npmStart } from './npm-start.fixture.mjs';
import { keyFile } from './settings.mjs';
import { inDatabaseOf, openTicket, typed } from './typed.fixture.mjs';

const SLUG = 'northwind';
const OWNER = 'ada@northwind.test';
const PASSWORD = 'the same in every home';
const INCIDENTS = 200;
const HEADER =
  'number,incident_state,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,category,subcategory,u_symptom,priority,assignment_group,assigned_to';

/** A history that takes several calls to append: incidents that are opened and closed on two days. */
const incidents = () => [
  HEADER,
  ...Array.from({ length: INCIDENTS }, (_, index) =>
    ['New', 'Active', 'Closed'].map(
      (state, day) =>
        `INC${7_000_000 + index},${state},${day},Caller ${index % 50},1/2/2017 08:00,${day + 1}/2/2017 09:00,Phone,Category 1,?,Symptom 2,3 - Moderate,Group 1,?`,
    ),
  ).flat(),
];

/** Desks that `npm start` starts, each with an installation key of its own, and files that go from one to the other. */
export class Moving {
  folder = temporaryFolder('moving');
  passphrase = this.#write('passphrase', 'correct horse battery staple');
  password = this.#write('password', PASSWORD);
  #started = [];

  /** @param {string} name @param {Record<string, string>} [env] */
  async desk(name, env) {
    const data = join(this.folder, name);
    const port = await freePort();
    const desk = npmStart(['--data', data, '--port', String(port), '--no-demo'], { env });
    this.#started.push({ ...desk, data });
    await desk.says('Ledgerdesk is ready');
    return { data, url: `http://127.0.0.1:${port}`, key: readFileSync(keyFile(data), 'utf8') };
  }

  /** A workspace with a long history, a timer of tomorrow, and seals over all of it. */
  async firstHome() {
    const desk = await this.desk('from');
    const made = ['--slug', SLUG, '--email', OWNER, '--password-file', this.password];
    await typed(desk.data, 'create-workspace', '--name', 'Northwind', ...made);
    const csv = this.#write('incidents.csv', incidents().join('\n'));
    await typed(desk.data, 'import', 'servicenow', csv, '--workspace', SLUG);
    const owner = await signIn(desk);
    const ticket = await openTicket(owner, 'Before the move');
    await pendUntilTomorrow(owner, ticket.id);
    await typed(desk.data, 'seals', '--now');
    const publicKey = (await typed(desk.data, 'seals', '--public-key')).trim();
    return { ...desk, owner, ticket, publicKey };
  }

  /** @returns {Promise<{ file: string, events: number }>} */
  async export({ data }, name) {
    const file = join(this.folder, `${name}.ledger.gz`);
    const keys = ['--with-keys', '--passphrase-file', this.passphrase];
    const said = await typed(data, 'export', '--workspace', SLUG, '--out', file, ...keys);
    return { file, events: Number(/holds (\d+) events/.exec(said)?.[1]) };
  }

  /** What is typed in a new home. */
  importing(file) {
    const owner = ['--owner', OWNER, '--password-file', this.password];
    return ['import', 'ledger', file, '--passphrase-file', this.passphrase, ...owner];
  }

  async end() {
    await endAll(this.#started);
    for (const { data } of this.#started) rmSync(serviceHome(data), { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(name, text) {
    const file = join(this.folder, name);
    writeFileSync(file, `${text}\n`);
    return file;
  }
}

/** The owner of the workspace. */
export const signIn = ({ url }) => session(url, OWNER, PASSWORD);

async function pendUntilTomorrow({ call }, ticketId) {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const answer = await call(`/tickets/${ticketId}/pend`, {
    method: 'POST',
    headers: { 'idempotency-key': randomUUID(), 'if-match': '*' },
    body: JSON.stringify({ until }),
  });
  if (!answer.ok) throw new Error(`The ticket was not pended: ${answer.status} ${await answer.text()}`);
}

/** A ledger in Postgres: ids, order, hashes, every byte. */
export const ledgerOf = ({ data }) =>
  inDatabaseOf(data, async (client) => {
    const { rows } = await client.query(
      'select stream, revision, id, type, data, metadata from events order by global_position',
    );
    return rows;
  });

/** Timers that have yet to go off. The same events plan the same ones, wherever they are. */
export const timersOf = ({ data }) =>
  inDatabaseOf(data, async (client) => {
    const { rows } = await client.query(
      `select reaction, event_id, subject, due, outward_id from effect where state = 'pending' order by reaction, event_id`,
    );
    return rows;
  });

export async function eventually(ask) {
  for (const end = Date.now() + 60_000; ;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`It never came about that ${ask}`);
    await delay(50);
  }
}

/** A ticket, as soon as the read models have it. */
export function readTicket({ call }, ticketId) {
  return eventually(async () => {
    const answer = await call(`/tickets/${ticketId}`);
    return answer.ok ? answer.json() : undefined;
  });
}
