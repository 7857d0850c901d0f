import { Resolver } from 'node:dns/promises';

/** An address to connect to. */
export interface Peer {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Nobody needs more; a name may have thousands. */
const MOST_PEERS = 8;
const NAME_SERVER_MILLISECONDS = 2_500;

/**
 * All addresses of a name, by DNS alone: names of `/etc/hosts` and search domains are of this machine and nobody's business. Waits
 * in no thread, unlike the lookup of the system, so slow names of strangers hold up no file and no password.
 * @param servers other name servers than those of the system
 * @throws when the name has no address
 */
export async function addressesOf(host: string, signal: AbortSignal, servers?: readonly string[]): Promise<Peer[]> {
  const resolver = new Resolver({ timeout: NAME_SERVER_MILLISECONDS, tries: 2 });
  if (servers) resolver.setServers(servers);
  const cancel = (): void => {
    resolver.cancel();
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const peers = [...peersOf(four, 4), ...peersOf(six, 6)];
    if (peers.length === 0) throw four.status === 'rejected' ? four.reason : new Error('The name has no address.');
    return peers;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The first ones to connect to, some of each family. */
export function fewOf(peers: readonly Peer[]): readonly Peer[] {
  return ([4, 6] as const).flatMap((wanted) =>
    peers.filter(({ family }) => family === wanted).slice(0, MOST_PEERS / 2),
  );
}

function peersOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): Peer[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}
