import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Configuration, RequestLimits } from '@ledgerdesk/config';
import { present, type TestDatabase } from '@ledgerdesk/testing';
import { type Probe, probe } from '../../probe.fixture.js';

const GENEROUS = { quota: 1_000_000, seconds: 60 };

function limitsWith(change: Partial<RequestLimits>): RequestLimits {
  return {
    address: GENEROUS,
    member: GENEROUS,
    key: GENEROUS,
    workspace: GENEROUS,
    ticket: GENEROUS,
    search: GENEROUS,
    export: GENEROUS,
    verification: GENEROUS,
    ...change,
  };
}

export interface NodesOptions {
  readonly count?: number;
  readonly redisUrl?: string;
  readonly http?: Partial<Configuration['http']>;
  /** Of the installation, when it is the same as before. */
  readonly installationKey?: Buffer;
}

export interface Asking {
  readonly path?: string;
  readonly workspace?: string;
  readonly member?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Api processes of one installation, with budgets that no other test shares. */
export class Nodes {
  readonly workspace = randomUUID();

  private constructor(readonly probes: readonly Probe[]) {}

  static async start(
    database: TestDatabase,
    limits: Partial<RequestLimits>,
    {
      count = 1,
      redisUrl = present(process.env.TEST_REDIS_URL),
      http,
      installationKey = randomBytes(32),
    }: NodesOptions = {},
  ): Promise<Nodes> {
    const own = {
      databaseUrl: database.databaseUrl,
      appUrl: database.appUrl,
      installationKey,
    };
    const starting = Array.from({ length: count }, () =>
      probe(own, http, {}, { limits: limitsWith(limits), redisUrl }),
    );
    return new Nodes(await Promise.all(starting));
  }

  /** Sends a request to one of the nodes, by default to the first. */
  ask(
    { path = 'things/a', workspace = this.workspace, member = 'm1', headers = {}, body, signal }: Asking = {},
    node = 0,
  ): Promise<Response> {
    const { port } = present(this.probes[node % this.probes.length])
      .app.getHttpServer()
      .address() as AddressInfo;
    return fetch(`http://127.0.0.1:${String(port)}/api/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${workspace}/${member}`, 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  /** Asks all at once, in turns over the nodes; answers how often each status came. */
  async flood(count: number, asking: (i: number) => Asking): Promise<Readonly<Record<number, number>>> {
    const answers = await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const answer = await this.ask(asking(i), i);
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    return Object.fromEntries(
      [...Map.groupBy(answers, (status) => status)].map(([status, all]) => [status, all.length]),
    );
  }

  /** How often the nodes have logged a line that holds these words. */
  logged(words: string): number {
    return this.probes.flatMap(({ lines }) => lines).filter((line) => line.includes(words)).length;
  }

  async stop(): Promise<void> {
    await Promise.all(this.probes.map(({ app }) => app.close()));
  }
}
