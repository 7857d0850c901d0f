import { SingleBar } from 'cli-progress';

/** How far one step of an import has come. */
export interface StepProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  /** What is counted, e.g. `tickets`. */
  readonly unit: string;
}

export interface ImportProgress {
  /** Begins with the step when it is another one than before. */
  show(progress: StepProgress): void;
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
  return { rate: Math.round(rate), left: rate > 0 ? duration(Math.ceil((total - done) / rate)) : 'unknown time' };
}

function duration(seconds: number): string {
  return seconds < 60 ? `${String(seconds)} s` : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

function bar(stream: NodeJS.WriteStream): ImportProgress {
  const shown = new SingleBar({ format: FORMAT, stream, hideCursor: true, barsize: 30, fps: 5 });
  let current: string | undefined;
  let began = 0;
  return {
    show({ step, done, total, unit }) {
      if (step !== current) {
        if (current !== undefined) shown.stop();
        current = step;
        began = performance.now();
        shown.start(total, done, { step, unit, rate: 0, left: 'unknown time' });
      }
      shown.update(done, pace(done, total, performance.now() - began));
    },
    end() {
      if (current !== undefined) shown.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): ImportProgress {
  let current: string | undefined;
  let began = 0;
  let told = 0;
  return {
    show({ step, done, total, unit }) {
      const now = performance.now();
      if (step !== current) {
        current = step;
        began = told = now;
      }
      if (now - told < LINE_EVERY_MS) return;
      told = now;
      const { rate, left } = pace(done, total, now - began);
      stream.write(`${step}: ${String(done)} of ${String(total)} ${unit}, ${String(rate)}/s, ${left} left\n`);
    },
    end: () => undefined,
  };
}
