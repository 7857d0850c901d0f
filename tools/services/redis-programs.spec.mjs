import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { advice, onPath } from './redis-programs.mjs';

describe('finding a program', () => {
  it('takes the first that may be run, and passes over what is missing or closed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-path-'));
    for (const name of ['plain', 'good', 'late']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'redis-server'), '');
      chmodSync(join(folder, name, 'redis-server'), name === 'plain' ? 0o644 : 0o755);
    }
    const path = ['missing', 'plain', 'good', 'late'].map((name) => join(folder, name)).join(delimiter);
    expect(onPath('redis-server', path)).toBe(join(folder, 'good', 'redis-server'));
    expect(onPath('redis-cli', path)).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

describe('advice', () => {
  it.each([
    ['Debian', { ID: 'debian' }, /apt-get install redis-server/],
    ['Linux Mint', { ID: 'linuxmint', ID_LIKE: 'ubuntu debian' }, /apt-get install redis-server/],
    ['Fedora', { ID: 'fedora' }, /dnf install redis/],
    ['Alpine', { ID: 'alpine' }, /apk add redis/],
    ['macOS', { ID: 'darwin' }, /brew install redis/],
    ['anything else', { ID: 'plan9' }, /on the PATH, or set REDIS_URL/],
  ])('names the command for %s', (_, release, command) => {
    expect(advice(release)).toMatch(command);
  });
});
