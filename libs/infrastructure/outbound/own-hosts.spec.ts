import { hostname } from 'node:os';
import type { Configuration } from '@ledgerdesk/config';
import { ownHosts } from './own-hosts.js';

describe('own hosts', () => {
  it('G4 are the desk, its database, its Redis, its event stores and this machine', () => {
    const configuration = {
      http: { publicUrl: 'https://help.example.org' },
      database: { url: 'postgres://desk:p@db.example.org:5432/desk' },
      redisUrl: 'rediss://:p@redis.example.org:6379/2',
      eventStoreUrl: 'esdb+discover://desk:p%40@a.example.org:2113,b.example.org/?tls=true',
    } as Configuration;
    const machine = hostname();
    const { eventStoreUrl: _, ...postgresOnly } = configuration;
    expect(ownHosts(configuration)).toEqual([
      ...['help.example.org', 'db.example.org', 'redis.example.org', 'a.example.org', 'b.example.org', machine],
    ]);
    expect(ownHosts(postgresOnly)).toEqual(['help.example.org', 'db.example.org', 'redis.example.org', machine]);
  });
});
