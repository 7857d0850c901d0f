import { BlockList, isIP } from 'node:net';

/**
 * What is not the internet, from the registries of special addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry/, https://www.iana.org/assignments/iana-ipv6-special-registry/),
 * multicast, and the addresses that clouds keep for themselves.
 */
const CLOSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Everything else of IPv6 is loopback, private, link-local, multicast, carries an IPv4 address inside (mapped, NAT64), or is nobody's. */
const OPEN_IPV6 = ['2000::/3'];
/** Inside of that: Teredo and other experiments, documentation, 6to4 (an IPv4 address inside), AS112. */
const CLOSED_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const closed = networks([...CLOSED_IPV4, ...CLOSED_IPV6]);
const open = networks(OPEN_IPV6);

/** Whether an address, as text without brackets, is one of the internet that anybody may be called at. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      return open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
    default:
      return false;
  }
}

/** @param list networks like `10.0.0.0/8` */
export function networks(list: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const network of list) {
    const [address = '', bits = ''] = network.split('/');
    blocks.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return blocks;
}
