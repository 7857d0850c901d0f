import { hostname } from 'node:os';
import type { Configuration } from '@ledgerdesk/config';

/** Names of the desk itself and of what it stands on; the addresses of these are closed beside, or their ports are. */
export function ownHosts({
  http,
  database,
  redisUrl,
  eventStoreUrl = '',
}: Pick<Configuration, 'http' | 'database' | 'redisUrl' | 'eventStoreUrl'>): readonly string[] {
  const [, eventStores = ''] = /^[^:]+:\/\/(?:[^/]*@)?([^/?]*)/.exec(eventStoreUrl) ?? [];
  return [
    ...[http.publicUrl, database.url, redisUrl].map((url) => new URL(url).hostname),
    ...eventStores.split(',').map((host) => host.replace(/:\d+$/, '')),
    hostname(),
  ].filter((host) => host !== '');
}
