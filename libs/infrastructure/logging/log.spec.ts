import { EventEmitter } from 'node:events';
import { Log, NestLog, sayLastWords } from './index.js';

function recorded(level = 'debug'): { log: Log; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const log = new Log({ level, process: 'test', stream: { write: (line) => void written.push(line) } });
  return { log, lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('log', () => {
  it('writes one JSON line with level, process, instant, facts and message', () => {
    const { log, lines } = recorded();
    log.info({ ms: 3 }, 'request');
    expect(lines()).toEqual([
      { level: 'info', process: 'test', time: expect.stringMatching(/^\d{4}-.*Z$/) as string, ms: 3, msg: 'request' },
    ]);
  });

  it.each(['authorization', 'password', 'token', 'body', 'installationKey'])('removes %s', (name) => {
    const { log, lines } = recorded();
    log.error({ [name]: 'canary' }, 'oops');
    expect(lines()[0]).toMatchObject({ [name]: '[removed]' });
  });

  it('keeps of an error only what says where it happened', () => {
    const { log, lines } = recorded();
    const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (email)=(canary) exists.' });
    log.error({ err: new Error('outer', { cause }) }, 'failed');
    expect(JSON.stringify(lines())).not.toContain('canary');
    expect(lines()[0]).toMatchObject({ err: { message: 'outer', cause: { message: 'duplicate key', code: '23505' } } });
  });

  it('L15 says an error that ends the process', () => {
    const { log, lines } = recorded('error');
    const running = new EventEmitter();
    sayLastWords(log, running);
    running.emit('uncaughtExceptionMonitor', new Error('nobody caught me'), 'unhandledRejection');
    expect(lines()).toMatchObject([{ level: 'error', err: { message: 'nobody caught me' } }]);
  });

  it('is silent below its level', () => {
    const { log, lines } = recorded('warn');
    log.info({}, 'nothing');
    expect(lines()).toEqual([]);
  });

  it("takes Nest's lines, quiet ones as debugging", () => {
    const { log, lines } = recorded();
    const nest = new NestLog(log);
    nest.log('Mapped route', 'RouterExplorer');
    nest.error(new Error('cannot start'), 'stack…', 'ExceptionHandler');
    expect(lines()).toMatchObject([
      { level: 'debug', msg: 'Mapped route', context: 'RouterExplorer' },
      { level: 'error', msg: 'cannot start', context: 'ExceptionHandler' },
    ]);
  });
});
