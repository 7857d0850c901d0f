import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../services/free-port.mjs';
import { ProcessFailed } from '../services/service-process.mjs';
import { fingerprint } from './build.mjs';
import { explain } from './explain.mjs';
import { isInstalled } from './install.mjs';
import { refuseSecondStart, runningDesk, takeLock } from './lock.mjs';
import { StartError, readOptions } from './options.mjs';
import { doneBefore, keyFile, prepareSettings, refuseTakenWebPort, settingsFile } from './settings.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('options', () => {
  it('are what was typed, or their defaults', () => {
    expect(readOptions([], '/x')).toEqual({
      port: undefined,
      dataFolder: '/x/.data',
      reset: false,
      demo: true,
      help: false,
      restore: undefined,
    });
    expect(readOptions(['--port', '3100', '--reset', '--no-demo', '--data', '/y'], '/x')).toEqual({
      port: 3100,
      dataFolder: '/y',
      reset: true,
      demo: false,
      help: false,
      restore: undefined,
    });
    expect(readOptions(['--restore', '/b', '--keys', '/k'], '/x').restore).toEqual(['/b', '--keys', '/k']);
  });

  it.each([
    [['--port', '0']],
    [['--port', '65536']],
    [['--port', 'abc']],
    [['--port']],
    [['--prot', '1']],
    [['--restore', '/b']],
    [['--keys', '/k']],
    [['stray']],
  ])('refuse %j', (args) => {
    expect(() => readOptions(args, '/x')).toThrow(StartError);
  });
});

describe('settings', () => {
  it('are made once, kept, and closed to others', async () => {
    const first = await prepareSettings(folder, await freePort());
    const key = readFileSync(keyFile(folder), 'utf8');
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(await prepareSettings(folder)).toEqual(first);
    expect(readFileSync(keyFile(folder), 'utf8')).toBe(key);
    for (const file of [keyFile(folder), settingsFile(folder)]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('take another port for a service when someone has taken the one of last time', async () => {
    const first = await prepareSettings(folder, await freePort());
    const other = createServer().listen(first.postgresPort, '127.0.0.1');
    await once(other, 'listening');
    const second = await prepareSettings(folder);
    other.close();
    expect(second.postgresPort).not.toBe(first.postgresPort);
    expect(second.postgresPassword).toBe(first.postgresPassword);
  });

  it('refuse a port in use and say what to type', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address();
    await expect(prepareSettings(folder, port)).rejects.toThrow(`Port ${port} is in use`);
    await expect(refuseTakenWebPort({ dataFolder: folder, port })).rejects.toThrow(`Port ${port} is in use`);
    other.close();
  });

  it('let a start that throws the data away pass by a damaged file', async () => {
    const port = await freePort();
    writeFileSync(settingsFile(folder), '{');
    await expect(refuseTakenWebPort({ dataFolder: folder, port, reset: false })).rejects.toThrow('is damaged');
    await expect(refuseTakenWebPort({ dataFolder: folder, port, reset: true })).resolves.toBeUndefined();
  });

  it('refuse a damaged file and a lost key instead of starting over', async () => {
    await prepareSettings(folder, await freePort());
    rmSync(keyFile(folder));
    await expect(prepareSettings(folder)).rejects.toThrow('every personal text');
    writeFileSync(settingsFile(folder), '{');
    await expect(prepareSettings(folder)).rejects.toThrow('is damaged');
  });
});

describe('steps that need not be repeated', () => {
  it('are those that this build has done on this data', () => {
    doneBefore(folder, 'a').remember('migrate');
    expect(doneBefore(folder, 'a').has('migrate')).toBe(true);
    expect(doneBefore(folder, 'a').has('seed')).toBe(false);
    doneBefore(folder, 'a').remember('seed');
    expect(['migrate', 'seed'].every(doneBefore(folder, 'a').has)).toBe(true);
    expect(doneBefore(folder, 'b').has('migrate')).toBe(false);
  });
});

describe('the lock', () => {
  it('lets one desk hold a data folder', async () => {
    const lock = await takeLock(folder);
    lock.announce(3000);
    expect(() => refuseSecondStart(folder)).toThrow('already runs here on http://localhost:3000');
    await expect(takeLock(folder)).rejects.toThrow(StartError);
    lock.release();
    expect(runningDesk(folder)).toBeUndefined();
  });

  it('is not held by a process that has gone, nor by another that got its number', async () => {
    writeFileSync(
      join(folder, 'running.json'),
      JSON.stringify({ pid: process.pid, born: 'another time', children: [] }),
    );
    expect(runningDesk(folder)).toBeUndefined();
    (await takeLock(folder)).release();
  });

  it('ends what a killed desk has left running', async () => {
    const left = spawn('sleep', ['60'], { detached: true });
    const gone = once(left, 'exit');
    const first = await takeLock(folder);
    first.adopt(left.pid);
    const file = join(folder, 'running.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), born: 'gone' }));
    (await takeLock(folder)).release();
    expect((await gone)[1]).toBe('SIGINT');
  });
});

describe('what is installed and built', () => {
  const write = (file, packages) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify({ packages }));
  };
  const wanted = {
    '': {},
    'node_modules/a': { version: '1', integrity: 'x' },
    'node_modules/b': { version: '1', optional: true },
  };

  it('is installed when npm has noted everything, platform packages of others aside', () => {
    write('package-lock.json', wanted);
    expect(isInstalled(folder)).toBe(false);
    write('node_modules/.package-lock.json', { 'node_modules/a': wanted['node_modules/a'] });
    expect(isInstalled(folder)).toBe(true);
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '2', integrity: 'y' } });
    expect(isInstalled(folder)).toBe(false);
  });

  it('is built from names and bytes, not from dates', () => {
    const target = { sources: ['src', 'missing'], isWeb: true };
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), '1');
    const before = fingerprint(folder, target);
    writeFileSync(join(folder, 'src', 'a.ts'), '1');
    expect(fingerprint(folder, target)).toBe(before);
    writeFileSync(join(folder, 'src', 'b.ts'), '');
    expect(fingerprint(folder, target)).not.toBe(before);
  });
});

describe('explaining', () => {
  it.each([
    [
      'a full disk',
      new ProcessFailed('Postgres', 'ended', 'FATAL: could not write: No space left on device'),
      /disk that holds .* is full/,
    ],
    [
      'a broken data folder',
      new ProcessFailed('Postgres', 'ended', 'x FATAL:  "postgresql.conf" is broken\n'),
      /could not be opened \("postgresql.conf" is broken\).*--reset/,
    ],
    [
      'a part that ended',
      new ProcessFailed('The api', 'ended (code 1)', 'DATABASE_URL is not valid'),
      /The api ended \(code 1\).*\n.*DATABASE_URL is not valid/,
    ],
    ['what we said ourselves', new StartError('Port 3000 is in use.'), /^Port 3000 is in use\.$/],
  ])('%s', (_, error, sentence) => {
    expect(explain(error, folder)).toMatch(sentence);
  });
});
