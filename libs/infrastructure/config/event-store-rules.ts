import type { Configuration } from './configuration.js';
import { isNear } from './production-rules.js';

const PARTS = /^esdb(?:\+discover)?:\/\/(?:([^:/@]+):([^@]+)@)?([^/?]+)/;
/** What EventStoreDB brings along. */
const DEFAULT_PASSWORDS = new Set(['changeit', 'ops', 'admin']);

/** The sentence with which a connection string is refused that can not work or is not safe; `undefined` when all is well. */
export function refuseEventStore({
  mode,
  eventStoreUrl,
}: Pick<Configuration, 'mode' | 'eventStoreUrl'>): string | undefined {
  if (eventStoreUrl === undefined) return undefined;
  const [, name, password = '', hosts = ''] = PARTS.exec(eventStoreUrl) ?? [];
  const settings = new Map([...new URLSearchParams(eventStoreUrl.split('?')[1] ?? '')].map(flat));
  if (settings.get('throwonappendfailure') === 'false') {
    return 'EVENTSTORE_URL has throwOnAppendFailure=false: take it out, a refused event would be lost without a word.';
  }
  const isEncrypted = settings.get('tls') !== 'false';
  if (isEncrypted && name === undefined) {
    return 'EVENTSTORE_URL has no name and password: write esdb://name:password@host:2113.';
  }
  if (mode !== 'production') return undefined;
  if (isEncrypted && DEFAULT_PASSWORDS.has(decodeURIComponent(password))) {
    return 'EVENTSTORE_URL has a default password: give the user of Ledgerdesk its own.';
  }
  if (!isEncrypted && !hosts.split(',').every((host) => isNear(host.replace(/:\d+$/, '')))) {
    return 'EVENTSTORE_URL has tls=false and leads to another machine: everybody on the way could write the ledger, so use TLS.';
  }
  return undefined;
}

/** Names and values are compared as the client compares them. */
function flat([name, value]: [string, string]): [string, string] {
  return [name.toLowerCase().replaceAll(/[_-]/g, ''), value.trim().toLowerCase()];
}
