import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerdesk, program } from './command-line.js';
import { eventually, type Member, memberOf } from './member.js';

/** How often everything is killed; each time somewhere else in its work. */
const ROUNDS = process.env.NIGHTLY === undefined ? 1 : 10;
const WRITERS = 8;
/** Seconds for which a request that was begun counts as being worked on, although its process is dead; and some more. */
const LONGEST_LEASE = 15;
const ANSWERS_BEFORE_THE_CRASH = 40;

let folder: string;
let port: number;
let running: ReturnType<typeof program> | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-crash-'));
  chmodSync(folder, 0o711);
  port = await freePort();
});

afterAll(async () => {
  if (running !== undefined) {
    process.kill(-running.pid, 'SIGTERM');
    await running.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** `npm start` on a data folder of its own, until it says that it is ready. */
async function start(): Promise<ReturnType<typeof program>> {
  const desk = program('tools/start/bootstrap.mjs', ['--data', folder, '--port', String(port)]);
  running = desk;
  await desk.says('Ledgerdesk is ready');
  return desk;
}

/** Ends the api and the worker as a power cut would. */
function killPrograms(): void {
  const { children } = JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as {
    children: { pid: number }[];
  };
  const programs = children.filter(({ pid }) =>
    /apps\/(?:api|worker)\/src\/main\.js/.test(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')),
  );
  expect(programs).toHaveLength(2);
  for (const { pid } of programs) process.kill(pid, 'SIGKILL');
}

/** Opens the ticket of this key, waiting for whoever works on it; undefined when no answer came. */
async function openTicket(agent: Member, key: string): Promise<string | undefined> {
  const request = {
    subject: `Opened under ${key}`,
    body: 'Will it be there afterwards?',
    tags: ['crash'],
    requester: { email: `${key}@example.com`, name: 'Kim Ash' },
  };
  const answer = await eventually(
    () => agent.ask('POST', '/tickets', request, { 'Idempotency-Key': key }).catch(() => undefined),
    (given) => given?.status !== 409,
    LONGEST_LEASE,
  );
  if (answer === undefined) return undefined;
  expect({ key, status: answer.status, text: answer.status === 201 ? '' : answer.text }).toEqual({
    key,
    status: 201,
    text: '',
  });
  return answer.body.id as string;
}

/** Opens tickets by many at once until the desk is gone. Gives what was answered, and undefined for what was not, by key. */
async function writeUntilItCrashes(agent: Member, round: number): Promise<Map<string, string | undefined>> {
  const sent = new Map<string, string | undefined>();
  let answered = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const key = `crash-${String(round)}-${String(sent.size)}`;
      sent.set(key, undefined);
      const id = await openTicket(agent, key);
      if (id === undefined) return;
      sent.set(key, id);
      answered += 1;
      if (answered === ANSWERS_BEFORE_THE_CRASH) killPrograms();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return sent;
}

async function ticketsOfTheCrash(agent: Member): Promise<readonly string[]> {
  const ids: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body } = await agent.get(`/tickets?tag=crash&limit=100${next === '' ? '' : `&after=${next}`}`);
    const { data, page } = body as { data: { id: string }[]; page: { next: string | null } };
    ids.push(...data.map(({ id }) => id));
    next = page.next;
  }
  return ids.toSorted();
}

it(
  'K3 K7 an api and a worker that are killed under load lose nothing that was answered, and do nothing twice',
  async () => {
    const opened: string[] = [];
    let desk = await start();
    for (let round = 0; round < ROUNDS; round += 1) {
      const agent = await memberOf('agent@demo.test', `http://127.0.0.1:${String(port)}`);
      const sent = await writeUntilItCrashes(agent, round);
      expect([...sent.values()].filter((id) => id === undefined).length).toBeGreaterThan(0);
      expect(await desk.ended).toMatchObject({ code: 1 });

      desk = await start();
      const again = await memberOf('agent@demo.test', `http://127.0.0.1:${String(port)}`);
      for (const [key, id] of sent) {
        const repeated = await openTicket(again, key);
        if (id !== undefined) expect([key, repeated]).toEqual([key, id]);
        opened.push(repeated ?? '');
      }
      const shown = await eventually(
        () => ticketsOfTheCrash(again),
        (ids) => ids.length >= opened.length,
      );
      expect(shown).toEqual(opened.toSorted());
    }
    const { code, output } = await ledgerdesk(folder, 'rebuild', '--compare');
    expect(output).toContain('inbox: ');
    expect(output).not.toContain('different from before');
    expect(code).toBe(0);
  },
  ROUNDS * 90_000,
);
