import { SingleBar } from 'cli-progress';

/** Shows one step of an import at a time. */
export interface ImportProgress {
  /** @param unit what is counted, e.g. `tickets` */
  begin(step: string, total: number, unit: string): void;
  /** @param done of the total so far */
  reached(done: number): void;
  end(): void;
}

const FORMAT = '{step} [{bar}] {percentage}% | {value} of {total} {unit} | {rate}/s | {left} left';
const LINE_EVERY_MS = 2_000;

/** A bar on a terminal, a line every two seconds anywhere else. */
export function importProgress(output: NodeJS.WriteStream): ImportProgress {
  return output.isTTY ? bar(output) : lines(output);
}

/** Whole things a second, and a text for the time that is left, both by the mean since the beginning. */
export function pace(done: number, total: number, milliseconds: number): { rate: number; left: string } {
  const rate = milliseconds > 0 ? (done / milliseconds) * 1_000 : 0;
  const seconds = rate > 0 ? Math.ceil((total - done) / rate) : undefined;
  return { rate: Math.round(rate), left: seconds === undefined ? 'unknown time' : duration(seconds) };
}

function duration(seconds: number): string {
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

function bar(stream: NodeJS.WriteStream): ImportProgress {
  const shown = new SingleBar({ format: FORMAT, stream, hideCursor: true, barsize: 30, fps: 5 });
  let total = 0;
  let began = 0;
  return {
    begin(step, all, unit) {
      total = all;
      began = performance.now();
      shown.start(all, 0, { step, unit, rate: 0, left: 'unknown time' });
    },
    reached(done) {
      shown.update(done, pace(done, total, performance.now() - began));
    },
    end() {
      shown.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): ImportProgress {
  let current = { step: '', total: 0, unit: '', began: 0 };
  let told = 0;
  return {
    begin(step, total, unit) {
      told = performance.now();
      current = { step, total, unit, began: told };
    },
    reached(done) {
      const now = performance.now();
      if (now - told < LINE_EVERY_MS) return;
      told = now;
      const { step, total, unit, began } = current;
      const { rate, left } = pace(done, total, now - began);
      stream.write(`${step}: ${String(done)} of ${String(total)} ${unit}, ${String(rate)}/s, ${left} left\n`);
    },
    end: () => undefined,
  };
}
