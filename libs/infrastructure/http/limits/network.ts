import { isIPv6 } from 'node:net';

/** The network that one customer of a provider gets: an IPv4 address, or 64 bits of IPv6. */
export function network(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const sides = ip
    .replace(/%.*$/, '')
    .toLowerCase()
    .split('::')
    .map((side) => (side === '' ? [] : side.split(':')));
  const [head = [], tail = []] = sides;
  const zeros = sides.length > 1 ? Array.from({ length: 8 - head.length - tail.length }, () => '0') : [];
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
