import { DatabaseClock } from './database-clock.js';

describe('the database clock', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is the database clock, however wrong the clock of the node is', async () => {
    const clock = new DatabaseClock(() => Promise.resolve(Date.UTC(2031, 0, 1)));
    await clock.start();
    expect(Math.abs(clock.now() - Date.UTC(2031, 0, 1))).toBeLessThan(1_000);
    clock.stop();
  });

  it('does not follow a jump of the node, and keeps running when the database is away', async () => {
    const clock = new DatabaseClock(() => Promise.resolve(undefined));
    await clock.start();
    const before = clock.now();
    jest.spyOn(Date, 'now').mockReturnValue(before + 3_600_000);
    expect(clock.now() - before).toBeLessThan(1_000);
    clock.stop();
  });

  it('is not moved by an answer that took long and could have been right all the same', async () => {
    jest.useFakeTimers({ doNotFake: ['Date'] });
    const base = Date.UTC(2031, 0, 1);
    const database = (): number => base + performance.now();
    let wait = 0;
    const clock = new DatabaseClock(async () => {
      const time = database();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return time;
    });
    await clock.start();
    wait = 800;
    await jest.advanceTimersByTimeAsync(61_000);
    expect(Math.abs(clock.now() - database())).toBeLessThanOrEqual(1);
    clock.stop();
  });

  it('is not ahead because the first question waited for a connection', async () => {
    jest.useFakeTimers({ doNotFake: ['Date'] });
    const database = (): number => Date.UTC(2031, 0, 1) + performance.now();
    let opening = 4_000;
    const clock = new DatabaseClock(async () => {
      await new Promise((resolve) => setTimeout(resolve, opening));
      opening = 0;
      return database();
    });
    const started = clock.start();
    await jest.advanceTimersByTimeAsync(5_000);
    await started;
    expect(Math.abs(clock.now() - database())).toBeLessThanOrEqual(1);
    clock.stop();
  });

  it('asks again every minute', async () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    let time = Date.UTC(2031, 0, 1);
    const clock = new DatabaseClock(() => Promise.resolve(time));
    await clock.start();
    time = Date.UTC(2032, 0, 1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(new Date(clock.now()).getUTCFullYear()).toBe(2032);
    clock.stop();
  });
});
