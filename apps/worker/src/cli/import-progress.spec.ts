import { EventEmitter } from 'node:events';
import { importProgress, pace } from './import-progress.js';

describe('the pace of an import', () => {
  it('is whole things a second and the time that is left', () => {
    expect(pace(500, 1_500, 2_000)).toEqual({ rate: 250, left: '4 s' });
    expect(pace(100, 20_100, 1_000)).toEqual({ rate: 100, left: '3 min 20 s' });
    expect(pace(10, 10, 1_000)).toEqual({ rate: 10, left: '0 s' });
  });

  it('is not known before anything is done', () => {
    expect(pace(0, 100, 5_000)).toEqual({ rate: 0, left: 'unknown time' });
    expect(pace(5, 100, 0)).toEqual({ rate: 0, left: 'unknown time' });
  });
});

describe('the progress of an import', () => {
  function output(isTTY: boolean): { stream: NodeJS.WriteStream; written: () => string } {
    let text = '';
    const write = (chunk: string): boolean => {
      text += chunk;
      return true;
    };
    const stream = Object.assign(new EventEmitter(), { isTTY, write, columns: 200 });
    return { stream: stream as unknown as NodeJS.WriteStream, written: () => text };
  }

  it('is a line every two seconds where nobody watches, each step by its own pace', () => {
    const { stream, written } = output(false);
    const now = jest.spyOn(performance, 'now');
    const progress = importProgress(stream);
    const show = (at: number, step: string, done: number): void => {
      now.mockReturnValue(at);
      progress.show({ step, done, total: 1_000, unit: 'tickets' });
    };
    show(0, 'Reading', 0);
    show(1_999, 'Reading', 10);
    show(2_000, 'Reading', 500);
    show(3_000, 'Importing', 0);
    show(4_999, 'Importing', 100);
    show(5_000, 'Importing', 400);
    progress.end();
    now.mockRestore();
    expect(written()).toBe(
      'Reading: 500 of 1000 tickets, 250/s, 2 s left\nImporting: 400 of 1000 tickets, 200/s, 3 s left\n',
    );
  });
});
