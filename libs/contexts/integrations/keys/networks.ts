import { BlockList, isIP } from 'node:net';

export const MOST_NETWORKS = 20;

/** Whether a text is an address or a network: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, surplus] = text.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (longest === 0 || surplus !== undefined || address.includes('%')) return false;
  return bits === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= longest);
}

/** Whether requests from an address are let in: by one of the networks, or because none is named. */
export function admits(networks: readonly string[], ip: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  const family = isIP(ip);
  return family !== 0 && list.check(ip, family === 6 ? 'ipv6' : 'ipv4');
}
