import { isIPv4, isIPv6 } from 'node:net';
import { network } from '@ledgerdesk/http';

/** Where a session is used from, as much of it as a person needs to recognise it. */
export interface SessionOrigin {
  /** What the browser or program calls itself; whoever asks can write anything into it. */
  readonly userAgent: string | null;
  /** An IPv4 network of 256 addresses or an IPv6 network of a site: `203.0.113.0/24`, `2001:db8:7::/48`. */
  readonly network: string | null;
}

/** Characters; browsers have about 120. */
const LONGEST_USER_AGENT = 300;

/** @param ip of the connection, as Node writes it */
export function sessionOrigin(userAgent: string | undefined, ip: string | undefined): SessionOrigin {
  const text = userAgent?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_USER_AGENT);
  return { userAgent: text === undefined || text === '' ? null : text, network: coarse(ip ?? '') };
}

function coarse(ip: string): string | null {
  const address = network(ip);
  if (isIPv4(address)) return address.replace(/\d+$/, '0/24');
  if (!isIPv6(ip)) return null;
  const site = address.split(':').slice(0, 3).join(':');
  // The address parser knows the one short way of writing it.
  return `${new URL(`http://[${site}::]`).hostname.slice(1, -1)}/48`;
}
