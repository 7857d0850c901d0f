import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { type AddressRules, hostOf, readAddress } from './address.js';
import { exchange, type OutboundAnswer } from './exchange.js';
import { addressesOf, fewOf, type Peer } from './names.js';
import { Places } from './places.js';
import { isPublic, networks } from './public-networks.js';

/** A call to an address that somebody in a workspace has chosen. */
export interface OutboundCall {
  readonly workspaceId: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * A call that got no answer. People in a workspace may read the message; it is the same whatever happened, so nobody can ask it
 * which machines and names there are behind us. The reason is told to operators only.
 */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly code = 'outbound.no-answer';

  constructor() {
    super('The address gave no answer: check that it is right and can be reached from the internet.');
  }
}

/** A call that did not begin, because too many are under way; try it again later. */
export class CallsBusy extends Error {
  override readonly name = 'CallsBusy';
  readonly code = 'outbound.busy';

  constructor() {
    super('Too many calls to other systems are under way: try again in a few seconds.');
  }
}

/** Why a call failed, for the log of the operator. */
export interface CallFailure {
  readonly workspace: string;
  readonly host: string;
  readonly reason: string;
}

export interface OutboundOptions {
  /** Also `http://`. */
  readonly plainHttp: boolean;
  /** Ports that may be called beside 443 and 80. */
  readonly ports: readonly number[];
  /** Host names of the desk and of what it stands on. */
  readonly ownHosts: readonly string[];
  readonly onFailure: (failure: CallFailure) => void;
  /** For tests, whose peers are not on the internet; there is no setting for it. */
  readonly rehearsal?: {
    readonly networks: readonly string[];
    readonly nameServers?: readonly string[];
    readonly authority?: string;
    readonly milliseconds?: number;
    readonly leastMilliseconds?: number;
  };
}

/** In all: name, connection, question and answer. */
const MILLISECONDS = 15_000;
/** A failure is not told sooner, so that how long it took does not tell a closed name from one that does not exist. */
const LEAST_MILLISECONDS = 2_000;

/** The only way to call an address that somebody in a workspace can influence. */
export class Outbound {
  readonly #rules: AddressRules;
  readonly #places = new Places();

  constructor(private readonly options: OutboundOptions) {
    const rehearsed = networks(options.rehearsal?.networks ?? []);
    this.#rules = {
      ...options,
      ownHosts: options.ownHosts.map((host) => host.toLowerCase().replace(/\.$/, '')),
      isOpen: (address) =>
        rehearsed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') ||
        (isPublic(address) && !isOfThisMachine(address)),
    };
  }

  /**
   * What can be told from the address alone; for the moment when somebody enters it. `send` looks again, because names change.
   * @throws AddressRefused
   */
  check(url: string): void {
    readAddress(url, this.#rules);
  }

  /**
   * Any answer is one, also 404 and 302. Ends after 15 seconds.
   * @throws AddressRefused, CallFailed, CallsBusy; nothing else
   */
  async send(call: OutboundCall): Promise<OutboundAnswer> {
    const url = readAddress(call.url, this.#rules);
    const leave = this.#places.enter(call.workspaceId);
    if (!leave) throw new CallsBusy();
    const { rehearsal } = this.options;
    const until = performance.now() + (rehearsal?.leastMilliseconds ?? LEAST_MILLISECONDS);
    const signal = AbortSignal.timeout(rehearsal?.milliseconds ?? MILLISECONDS);
    try {
      const peers = await this.#peersOf(url, signal);
      const { method, headers = {}, body } = call;
      return await exchange({
        ...{ url, method, headers, peers, signal },
        ...(body !== undefined && { body }),
        ...(rehearsal?.authority !== undefined && { authority: rehearsal.authority }),
      });
    } catch (error) {
      this.options.onFailure({ workspace: call.workspaceId, host: url.host, reason: reasonOf(error) });
      await wait(Math.max(0, until - performance.now()));
      throw new CallFailed();
    } finally {
      leave();
    }
  }

  /** One closed address among many closes the name: whoever gives such an answer is not to be trusted with the others. */
  async #peersOf(url: URL, signal: AbortSignal): Promise<readonly Peer[]> {
    const host = hostOf(url);
    // `readAddress` has looked at it; a socket asks nobody about it.
    if (isIP(host) !== 0) return [];
    const peers = await addressesOf(host, signal, this.options.rehearsal?.nameServers);
    const closed = peers.find(({ address }) => !this.#rules.isOpen(address));
    if (closed) throw new Error(`The name leads to ${closed.address}, which is not on the internet.`);
    return fewOf(peers);
  }
}

/** Also a public one: services of this machine may listen there for neighbours. */
function isOfThisMachine(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));
}

/** Peers have a say in some of these texts, so they are cut. */
function reasonOf(error: unknown): string {
  const { message, code } = error as Partial<NodeJS.ErrnoException>;
  return [message, code, 'unknown'].find((text) => text !== undefined && text !== '')?.slice(0, 300) ?? '';
}
