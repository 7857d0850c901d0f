import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a name server answers: IPv4 and IPv6 addresses and other names, in this order. */
export type Zone = (name: string) => readonly string[];

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;

/** A name server over UDP on loopback, small and real: a test says what each name leads to, and sees what was asked. */
export class NameServer {
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly zone: Zone,
  ) {}

  static async start(zone: Zone): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket, zone);
    socket.on('message', (query, from) => {
      socket.send(server.#answer(query), from.port, from.address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return server;
  }

  /** As `Resolver.setServers` takes it. */
  get address(): string {
    return `127.0.0.1:${String(this.socket.address().port)}`;
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }

  /** https://www.rfc-editor.org/rfc/rfc1035#section-4 */
  #answer(query: Buffer): Buffer {
    const end = query.indexOf(0, 12) + 5;
    const question = query.subarray(12, end);
    const type = query.readUInt16BE(end - 4);
    const name = nameOf(question);
    this.asked.push(`${type === TYPES.AAAA ? 'AAAA' : 'A'} ${name}`);
    const targets = this.zone(name);
    const records = targets.flatMap((target) => recordOf(target, type));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(targets.length === 0 ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, question, ...records]);
  }
}

function nameOf(question: Buffer): string {
  const labels: string[] = [];
  for (let at = 0; question[at]; at += (question[at] ?? 0) + 1) {
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)));
  }
  return labels.join('.').toLowerCase();
}

/** A record for the name of the question (a pointer to byte 12), when it is of the type that was asked for. */
function recordOf(target: string, asked: number): Buffer[] {
  const type = target.includes(':') ? TYPES.AAAA : /^[\d.]+$/.test(target) ? TYPES.A : TYPES.CNAME;
  if (type !== asked && type !== TYPES.CNAME) return [];
  const data = dataOf(target, type);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return [Buffer.concat([head, data])];
}

function dataOf(target: string, type: number): Buffer {
  if (type === TYPES.A) return Buffer.from(target.split('.').map(Number));
  if (type === TYPES.AAAA) return ipv6(target);
  return Buffer.concat([
    ...target.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ]);
}

/** @param address with eight groups or one `::` */
function ipv6(address: string): Buffer {
  const [head = [], tail = []] = address.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...zeros, ...tail].map((group) => parseInt(group, 16));
  const bytes = Buffer.alloc(16);
  for (const [i, group] of groups.entries()) bytes.writeUInt16BE(group, i * 2);
  return bytes;
}
