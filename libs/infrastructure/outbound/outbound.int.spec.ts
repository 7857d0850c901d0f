import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { eventually } from '@ledgerdesk/testing';
import { AddressRefused, CallFailed, type CallFailure, CallsBusy, Outbound, type OutboundOptions } from './index.js';
import { certificateFor } from './spec/certificate.js';
import { NameServer } from './spec/name-server.js';
import { type ListeningPeer, listeningPeer } from './spec/peer.js';

/** Stands for the internet; every other address of loopback stands for what is behind us. */
const OUTSIDE = '127.0.0.2';
const INSIDE = '127.0.0.1';
const workspaceId = '01936c0e-7a00-7000-8000-000000000001';

let names: NameServer;
let outside: ListeningPeer;
let inside: ListeningPeer;
let answer: RequestListener;
let zone: Record<string, readonly string[] | (() => readonly string[])>;
let failures: CallFailure[];

beforeAll(async () => {
  names = await NameServer.start((name) => {
    const targets = zone[name] ?? [];
    return typeof targets === 'function' ? targets() : targets;
  });
  outside = await listeningPeer(OUTSIDE, (request, response) => {
    answer(request, response);
  });
  inside = await listeningPeer(INSIDE, (_, response) => {
    response.end('a secret of the inside');
  });
});

beforeEach(() => {
  zone = { 'hooks.example': [OUTSIDE] };
  failures = [];
  answer = (_, response) => response.end('thank you');
});

afterAll(async () => {
  await Promise.all([names.stop(), outside.stop(), inside.stop()]);
});

type Rehearsal = NonNullable<OutboundOptions['rehearsal']>;

function outbound(rehearsal: Partial<Rehearsal> = {}, options: Partial<OutboundOptions> = {}): Outbound {
  return new Outbound({
    plainHttp: true,
    ports: [outside.port, inside.port],
    ownHosts: ['help.example'],
    onFailure: (failure) => failures.push(failure),
    ...options,
    rehearsal: {
      networks: [`${OUTSIDE}/32`],
      nameServers: [names.address],
      milliseconds: 30_000,
      leastMilliseconds: 1,
      ...rehearsal,
    },
  });
}

const get = (url: string, client = outbound()) => client.send({ workspaceId, method: 'GET', url });
const outsideUrl = (host = 'hooks.example', path = '/') => `http://${host}:${String(outside.port)}${path}`;
const insideUrl = (host: string) => `http://${host}:${String(inside.port)}/`;

async function nothingReachesTheInside(attempt: () => Promise<unknown>): Promise<void> {
  const before = inside.connections();
  await attempt();
  expect(inside.connections()).toBe(before);
}

describe('a call', () => {
  it('brings back what the other system says', async () => {
    answer = (request, response) => {
      void (async () => {
        const chunks = await request.toArray();
        response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`no: ${Buffer.concat(chunks).toString()}`);
      })();
    };
    const call = { workspaceId, method: 'POST', url: outsideUrl('hooks.example', '/in?a=1'), body: 'grüezi' } as const;
    const { status, headers, body, isWhole } = await outbound().send({ ...call, headers: { 'webhook-id': 'm1' } });
    expect([status, headers['content-type'], body.toString(), isWhole]).toEqual([
      404,
      'text/plain',
      'no: grüezi',
      true,
    ]);
    expect(outside.asked.at(-1)).toBe(`POST hooks.example:${String(outside.port)}/in?a=1`);
  });

  it('reaches a literal address of the internet', async () => {
    await expect(get(outsideUrl(OUTSIDE))).resolves.toMatchObject({ status: 200 });
  });

  it.each(['Host', 'transfer-encoding', 'Proxy-Authorization'])('leaves the header %s to us', async (name) => {
    const call = { workspaceId, method: 'GET', url: outsideUrl(), headers: { [name]: 'inside' } } as const;
    await expect(outbound().send(call)).rejects.toThrow(CallFailed);
    expect(failures[0]?.reason).toContain(name);
  });

  it('keeps one workspace from taking all places', async () => {
    let waiting = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    answer = (_, response) => {
      waiting += 1;
      void released.then(() => response.end());
    };
    const client = outbound();
    const calls = Array.from({ length: 5 }, () => get(outsideUrl(), client));
    await eventually(() => {
      expect(waiting).toBe(5);
    });
    await expect(get(outsideUrl(), client)).rejects.toThrow(CallsBusy);
    const other = client.send({ workspaceId: 'another', method: 'GET', url: outsideUrl() });
    release();
    await expect(Promise.all([...calls, other])).resolves.toHaveLength(6);
    await expect(get(outsideUrl(), client)).resolves.toMatchObject({ status: 200 });
  });
});

describe('G1 what is not on the internet', () => {
  it.each([
    ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001'],
    ...['127.0.0.1.', '%31%32%37.0.0.1', '0', '0.0.0.0', '127.0.0.3', '[::1]', '[::]', '[::ffff:127.0.0.1]'],
    ...['[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]'],
    ...['[fc00::1]', '[fe80::1]', '169.254.169.254', '168.63.129.16', '10.0.0.1'],
  ])('G1 is not connected to when it is spelled %s', async (host) => {
    await nothingReachesTheInside(() => expect(get(insideUrl(host))).rejects.toThrow(AddressRefused));
  });

  it.each([
    ...[INSIDE, '0.0.0.0', '10.0.0.1', '169.254.169.254', '168.63.129.16', '100.64.0.1', '192.168.1.1', '172.31.0.1'],
    ...[
      '::1',
      '::',
      '::ffff:7f00:1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:0:7f00:1::',
      'fd00:ec2::254',
      'fe80::1',
    ],
  ])('G1 is not connected to when a name leads to %s', async (address) => {
    zone['inner.example'] = [address];
    await nothingReachesTheInside(() => expect(get(insideUrl('inner.example'))).rejects.toThrow(CallFailed));
    expect(failures[0]?.reason).toContain('which is not on the internet');
  });

  it.each(['localhost', 'foo.localhost', 'LOCALHOST.'])('G1 is not connected to by the name %s', async (host) => {
    await nothingReachesTheInside(() => expect(get(insideUrl(host))).rejects.toThrow(CallFailed));
  });
});

describe('G2 names', () => {
  it('G2 a name that changes after it was looked at leads where it was looked at', async () => {
    let asked = 0;
    zone['rebind.example'] = () => [(asked += 1) <= 2 ? OUTSIDE : INSIDE];
    const ports = { ports: [outside.port] };
    await nothingReachesTheInside(() => get(outsideUrl('rebind.example'), outbound({}, ports)));
    // Once for each family, and not again by the socket.
    expect(names.asked.filter((question) => question.endsWith('rebind.example'))).toHaveLength(2);
    await nothingReachesTheInside(() => expect(get(insideUrl('rebind.example'))).rejects.toThrow(CallFailed));
  });

  it.each([
    ['the last', [OUTSIDE, OUTSIDE, INSIDE]],
    ['the first', [INSIDE, OUTSIDE]],
    ['the one of the other family', [OUTSIDE, '::1']],
    ['one of many', [...Array.from({ length: 25 }, () => OUTSIDE), INSIDE]],
  ])('G2 one closed address closes the name: %s', async (_, addresses) => {
    zone['mixed.example'] = addresses;
    const before = outside.connections();
    await nothingReachesTheInside(() => expect(get(outsideUrl('mixed.example'))).rejects.toThrow(CallFailed));
    expect(outside.connections()).toBe(before);
  });

  it('G2 another name in between changes nothing', async () => {
    zone['alias.example'] = ['db.inside.example', INSIDE];
    await nothingReachesTheInside(() => expect(get(insideUrl('alias.example'))).rejects.toThrow(CallFailed));
    zone['alias.example'] = ['real.example', OUTSIDE];
    await expect(get(outsideUrl('alias.example'))).resolves.toMatchObject({ status: 200 });
  });

  it('G2 names of this machine alone are nobody’s', async () => {
    await expect(get(outsideUrl('ip6-localhost'))).rejects.toThrow(CallFailed);
  });
});

describe('G3 a redirect', () => {
  it.each([301, 302, 303, 307, 308])('G3 %d is an answer and not followed', async (status) => {
    answer = (_, response) => response.writeHead(status, { Location: insideUrl(INSIDE) }).end();
    const before = outside.connections();
    await nothingReachesTheInside(() => expect(get(outsideUrl())).resolves.toMatchObject({ status }));
    expect(outside.connections()).toBe(before + 1);
  });

  it.each(['file:///etc/passwd', 'http://127.0.0.1/', '//127.0.0.1/', outsideUrlLater()])(
    'G3 to %s is not followed either',
    async (location) => {
      answer = (_, response) =>
        response.writeHead(302, { Location: location, Refresh: `0; url=${location}`, 'Alt-Svc': 'h2=":80"' }).end();
      const before = outside.connections();
      await expect(get(outsideUrl())).resolves.toMatchObject({ status: 302 });
      expect(outside.connections()).toBe(before + 1);
    },
  );

  it('G3 to another protocol ends the call', async () => {
    answer = (request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    };
    await expect(get(outsideUrl())).rejects.toThrow(CallFailed);
  });
});

describe('G4 ports and own hosts', () => {
  it('G4 are looked at when the call is made, not only when the address is entered', async () => {
    const before = outside.connections();
    const strict = outbound({}, { ports: [] });
    expect(() => {
      strict.check(outsideUrl());
    }).toThrow(expect.objectContaining({ code: 'outbound.port' }) as Error);
    await expect(get(outsideUrl(), strict)).rejects.toMatchObject({ code: 'outbound.port' });
    await expect(get(outsideUrl('HELP.example.'))).rejects.toMatchObject({ code: 'outbound.own-host' });
    const secure = outbound({}, { plainHttp: false });
    await expect(get(outsideUrl(), secure)).rejects.toMatchObject({ code: 'outbound.scheme' });
    expect(outside.connections()).toBe(before);
  });
});

describe('G5 an answer', () => {
  it('G5 without an end is read for 64 kB, and the connection closed', async () => {
    let closed = false;
    answer = (_, response) => {
      response.on('close', () => (closed = true));
      const more = (): void => {
        while (!closed && response.write(Buffer.alloc(16_384, 'x')));
      };
      response.on('drain', more);
      more();
    };
    const { body, isWhole } = await get(outsideUrl());
    expect([body.length, isWhole]).toEqual([65_536, false]);
    await eventually(() => {
      expect(closed).toBe(true);
    });
  });

  it('G5 of exactly 64 kB is whole', async () => {
    answer = (_, response) => response.end(Buffer.alloc(65_536));
    const { body, isWhole } = await get(outsideUrl());
    expect([body.length, isWhole]).toEqual([65_536, true]);
  });

  it.each(['gzip', 'br', 'gzip, gzip'])('G5 that says it is packed (%s) is not unpacked', async (encoding) => {
    const packed = gzipSync(Buffer.alloc(20_000_000));
    answer = (request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'Content-Encoding': encoding }).end(packed);
    };
    const { body } = await get(outsideUrl());
    expect(body.equals(packed.subarray(0, 65_536))).toBe(true);
  });

  it.each<[string, RequestListener]>([
    ['does not begin', () => undefined],
    ['does not end', (_, response) => response.write('a')],
    [
      'trickles its head',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('X: y\r\n'), 20);
        socket.on('close', () => {
          clearInterval(timer);
        });
      },
    ],
    [
      'only announces itself',
      ({ socket }) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 20);
        socket.on('close', () => {
          clearInterval(timer);
        });
      },
    ],
  ])('G5 that %s is given up', async (_, behaviour) => {
    answer = behaviour;
    await expect(get(outsideUrl(), outbound({ milliseconds: 400 }))).rejects.toThrow(CallFailed);
  });

  it('G5 with an endless head is given up', async () => {
    answer = ({ socket }) => {
      socket.on('error', () => undefined);
      socket.write(`HTTP/1.1 200 OK\r\n${'X: yyyyyyyyyyyyyyy\r\n'.repeat(5_000)}`);
    };
    await expect(get(outsideUrl())).rejects.toThrow(CallFailed);
  });

  it('G5 of a name server that never comes is given up', async () => {
    const silent = outbound({ nameServers: ['127.0.0.1:9'], milliseconds: 400 });
    await expect(get(outsideUrl(), silent)).rejects.toThrow(CallFailed);
  });
});

describe('G7 what is told about a failure', () => {
  it('G7 is the same whatever is behind the name, and the operator reads the reason', async () => {
    zone['inner.example'] = [INSIDE];
    zone['closed.example'] = [OUTSIDE];
    const closedPort = await listeningPeer(OUTSIDE, () => undefined);
    await closedPort.stop();
    const client = outbound({ leastMilliseconds: 150 }, { ports: [inside.port, closedPort.port] });
    const told: string[] = [];
    for (const url of [
      insideUrl('inner.example'),
      insideUrl('nowhere.example'),
      `http://closed.example:${String(closedPort.port)}/`,
    ]) {
      const began = performance.now();
      const error = await get(url, client).catch((thrown: unknown) => thrown);
      // Timers may come a millisecond early.
      expect(performance.now() - began).toBeGreaterThanOrEqual(145);
      const { stack: _, ...rest } = Object.fromEntries(
        Object.getOwnPropertyNames(error).map((name) => [name, (error as Record<string, unknown>)[name]]),
      );
      told.push(JSON.stringify(rest));
    }
    expect(new Set(told).size).toBe(1);
    expect(told[0]).not.toMatch(/127\.|ECONN|ENOTFOUND|example/);
    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringContaining(INSIDE),
      expect.stringContaining('ENOTFOUND'),
      expect.stringContaining('ECONNREFUSED'),
    ]);
  });
});

describe('a secure call', () => {
  let server: Server;
  const { key, cert } = certificateFor('secure.example');

  beforeAll(async () => {
    server = createServer({ key, cert }, (request, response) => response.end(request.headers.host));
    server.listen(0, OUTSIDE);
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const secure = (rehearsal: Partial<Rehearsal>) =>
    outbound(rehearsal, { plainHttp: false, ports: [(server.address() as AddressInfo).port] });
  const url = (host: string) => `https://${host}:${String((server.address() as AddressInfo).port)}/`;

  it('holds the certificate against the name, not against the address that it was found at', async () => {
    zone['secure.example'] = [OUTSIDE];
    zone['other.example'] = [OUTSIDE];
    const { body } = await get(url('secure.example'), secure({ authority: cert }));
    expect(body.toString()).toMatch(/^secure\.example:\d+$/);
    await expect(get(url('other.example'), secure({ authority: cert }))).rejects.toThrow(CallFailed);
    expect(failures[0]?.reason).toContain('altnames');
    await expect(get(url('secure.example'), secure({}))).rejects.toThrow(CallFailed);
  });
});

/** The port is not known while the table of cases is made, and none is needed: nothing is followed. */
function outsideUrlLater(): string {
  return 'http://hooks.example/';
}
