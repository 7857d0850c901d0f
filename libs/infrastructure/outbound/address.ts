import { isIP } from 'node:net';

/** Why an address can not be called, told from how it is written alone; each is one sentence that its author may read. */
export const REFUSALS = {
  'outbound.not-an-address':
    'This is not an address that can be called: write it as https://host/path, in plain characters and with every other one percent-encoded.',
  'outbound.credentials': 'An address must not hold a name, a password or a part after #: leave them out.',
  'outbound.scheme': 'Only addresses that begin with https:// can be called: use https.',
  'outbound.port': 'This port is not called: use the standard port of https, and leave the number out.',
  'outbound.own-host': 'This is an address of the desk itself: name one of the system that is to be called.',
  'outbound.not-public': 'Only addresses on the internet can be called: name a public one.',
} as const;

/** An address that is refused as it is written. The message and the code say nothing that its author does not know. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';

  constructor(readonly code: keyof typeof REFUSALS) {
    super(REFUSALS[code]);
  }
}

/** Which addresses may be called, as far as that shows in how they are written. */
export interface AddressRules {
  /** Also `http://`; for desks on one machine. */
  readonly plainHttp: boolean;
  /** Beside 443 and 80. */
  readonly ports: readonly number[];
  /** Host names of the desk and of what it stands on. */
  readonly ownHosts: readonly string[];
  /** Whether an IP address, written without brackets, may be called. */
  readonly isOpen: (address: string) => boolean;
}

const LONGEST = 2_048;
/** The parser of WHATWG forgives spaces, tabs, backslashes and a missing slash; what it would have to mend is refused. */
const PLAIN = /^https?:\/\/[^\s/\\?#][^\s\\]*$/i;
const ASCII = /^[\x21-\x7e]+$/;
const STANDARD_PORTS = [443, 80];

/**
 * Reads an address with the one parser that is also used for the call, so that nobody understands it in another way.
 * @throws AddressRefused
 */
export function readAddress(text: string, rules: AddressRules): URL {
  if (text.length > LONGEST || !ASCII.test(text)) throw new AddressRefused('outbound.not-an-address');
  if (/^[a-z][a-z\d+.-]*:/i.test(text) && !/^https?:/i.test(text)) throw new AddressRefused('outbound.scheme');
  if (!PLAIN.test(text) || !URL.canParse(text)) throw new AddressRefused('outbound.not-an-address');
  const url = new URL(text);
  // Also `https://@host` and `https://host/#`, which the parser drops without a trace.
  if (url.username !== '' || url.password !== '' || /^https?:\/\/[^/?]*@/i.test(text) || text.includes('#')) {
    throw new AddressRefused('outbound.credentials');
  }
  if (url.protocol !== 'https:' && !rules.plainHttp) throw new AddressRefused('outbound.scheme');
  if (![...STANDARD_PORTS, ...rules.ports].includes(portOf(url))) throw new AddressRefused('outbound.port');
  const host = hostOf(url);
  if (rules.ownHosts.includes(host)) throw new AddressRefused('outbound.own-host');
  if (isIP(host) !== 0 && !rules.isOpen(host)) throw new AddressRefused('outbound.not-public');
  return url;
}

/** The host as DNS and sockets take it: without brackets and without the dot of the root. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
