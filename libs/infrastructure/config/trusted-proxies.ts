import { isIP } from 'node:net';
import { ConfigurationError } from './configuration.js';

/** What the web server knows by name. */
const RANGES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** @throws ConfigurationError when an entry is neither an address nor a network nor the name of a range */
export function trustedProxies(list: string): readonly string[] {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const wrong = entries.find((entry) => !RANGES.has(entry) && !isNetwork(entry));
  if (wrong === undefined) return entries;
  throw new ConfigurationError(
    `TRUSTED_PROXIES holds ${wrong}, which is no address and no network: write them as 192.0.2.7 or 10.0.0.0/8.`,
  );
}

/** A network of no bits would be everybody, whose word is worth nothing. */
function isNetwork(entry: string): boolean {
  const [address = '', bits] = entry.split('/', 2);
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (longest === 0 || entry.split('/').length > 2) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= longest);
}
