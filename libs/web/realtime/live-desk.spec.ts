import { provideHttpClient } from '@angular/common/http';
import { provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { signal } from '@angular/core';
import { type Renewal, Session } from '@ledgerdesk/web-session';
import { LiveDesk } from './live-desk';
import type { Change, ResumeAnswer, Watch } from './messages';

/** A socket whose server is the test. */
class Line {
  readonly sent: { readonly name: string; readonly message: unknown }[] = [];
  resumeAnswer: ResumeAnswer | Error = { ok: true, position: 'p9', changes: [] };
  /** So many of the next watches are refused. */
  refusals = 0;
  active = true;
  connects = 0;
  private readonly listeners = new Map<string, (message?: unknown) => void>();

  on(name: string, listener: (message?: unknown) => void): void {
    this.listeners.set(name, listener);
  }

  hear(name: string, message?: unknown): void {
    this.listeners.get(name)?.(message);
  }

  timeout(): this {
    return this;
  }

  /** Like the server, it understands no message without an acknowledgement. */
  emit(name: string, message: unknown, answer: (...answer: unknown[]) => void): void {
    this.sent.push({ name, message });
    if (name !== 'resume')
      answer(this.refusals-- > 0 ? { error: { code: 'x', message: 'x' } } : { ok: true, version: 7 });
    else if (this.resumeAnswer instanceof Error) answer(this.resumeAnswer);
    else answer(null, this.resumeAnswer);
  }

  connect(): void {
    this.connects++;
  }

  disconnect(): void {
    this.active = false;
  }
}

let line: Line;
jest.mock('socket.io-client', () => ({ io: () => line }));

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('LiveDesk', () => {
  const me = signal<object | undefined>({ member: {} });
  const renew = jest.fn((): Promise<Renewal> => Promise.resolve('renewed'));
  const leave = jest.fn();
  const reread = jest.fn(() => Promise.resolve());
  const change = (version: number): Change => ({
    type: 'X',
    stream: 'ticket-a',
    version,
    position: `p${version}`,
    at: '',
    patch: {},
  });
  let live: LiveDesk;
  let heard: (number | 'resync')[];

  beforeEach(async () => {
    line = new Line();
    heard = [];
    me.set({ member: {} });
    renew.mockClear();
    leave.mockClear();
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { me, renew, leave, reread } },
      ],
    });
    live = TestBed.inject(LiveDesk);
    live.changes.subscribe(({ version }) => heard.push(version));
    live.resync.subscribe(() => heard.push('resync'));
    TestBed.tick();
    await settled();
  });

  it('asks for nothing on its first connection', async () => {
    line.hear('ready', { position: 'p1' });
    await settled();
    expect(live.connection()).toBe('live');
    expect(line.sent).toEqual([]);
  });

  it('resumes from the last position it heard of, and loses nothing', async () => {
    line.hear('ready', { position: 'p1' });
    line.hear('change', change(2));
    line.hear('disconnect', 'transport close');
    expect(live.connection()).toBe('lost');
    line.resumeAnswer = { ok: true, position: 'p4', changes: [change(3), change(4)] };
    line.hear('ready', { position: 'p4' });
    await settled();
    expect(line.sent).toEqual([{ name: 'resume', message: { position: 'p2' } }]);
    expect(heard).toEqual([2, 3, 4]);
    expect(live.connection()).toBe('live');
  });

  it.each([
    ['too much happened', { ok: true, position: 'p9', resync: true } as const],
    ['the position is refused', { error: { code: 'x', message: 'x' } } as const],
    ['no answer comes', new Error('timeout')],
  ])('says resync when %s', async (_why, answer) => {
    line.hear('ready', { position: 'p1' });
    line.hear('disconnect', 'transport close');
    line.resumeAnswer = answer;
    line.hear('ready', { position: 'p9' });
    await settled();
    expect(heard).toEqual(['resync']);
  });

  it('asks who it is, watches again and reads everything again when its rights are others', async () => {
    live.watch('a');
    line.hear('ready', { position: 'p1' });
    await settled();
    line.sent.length = 0;
    line.hear('rights', { position: 'p5' });
    await settled();
    expect(reread).toHaveBeenCalledTimes(1);
    expect(line.sent).toEqual([{ name: 'watch', message: { ticketId: 'a' } }]);
    expect(heard).toEqual(['resync']);
  });

  it('watches again what it watched before the line was lost', async () => {
    const watches: Watch[] = [];
    live.watching.subscribe((watch) => watches.push(watch));
    const first = live.watch('a');
    live.watch('a');
    first();
    live.watch('b')();
    line.sent.length = 0;
    watches.length = 0;
    line.hear('ready', { position: 'p1' });
    await settled();
    expect(line.sent).toEqual([{ name: 'watch', message: { ticketId: 'a' } }]);
    expect(watches).toEqual([{ ticketId: 'a', version: 7 }]);
  });

  it('asks again for a watch that was refused, as long as somebody wants it', () => {
    jest.useFakeTimers();
    const watches: Watch[] = [];
    live.watching.subscribe((watch) => watches.push(watch));
    line.refusals = 2;
    live.watch('a');
    jest.runAllTimers();
    expect(watches).toEqual([{ ticketId: 'a', version: 7 }]);
    line.refusals = 1;
    line.sent.length = 0;
    live.watch('b')();
    jest.runAllTimers();
    expect(line.sent.filter(({ name }) => name === 'watch')).toHaveLength(1);
    jest.useRealTimers();
  });

  it('gets a new token when the old one ran out', async () => {
    line.hear('expired');
    await settled();
    expect(renew).toHaveBeenCalledTimes(1);
    expect(line.connects).toBe(1);
  });

  it('leaves when the session was ended elsewhere', async () => {
    renew.mockResolvedValueOnce('ended');
    line.hear('expired');
    await settled();
    expect(leave).toHaveBeenCalledTimes(1);
    expect(line.connects).toBe(0);
  });

  it('asks for a token again while the server can not be reached, and never leaves for that', async () => {
    jest.useFakeTimers();
    renew.mockResolvedValueOnce('unreachable').mockResolvedValueOnce('unreachable');
    line.hear('expired');
    await jest.advanceTimersByTimeAsync(5_000);
    expect([renew.mock.calls.length, line.connects, leave.mock.calls.length]).toEqual([3, 1, 0]);
    jest.useRealTimers();
  });

  it('hangs up when the person signs out', () => {
    me.set(undefined);
    TestBed.tick();
    expect(line.active).toBe(false);
    expect(live.connection()).toBe('off');
  });
});
