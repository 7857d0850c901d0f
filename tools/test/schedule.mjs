/**
 * Runs stages in their order, two at a time where that is allowed, and starts nothing more once one has failed.
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {{ width?: number, onEnd?: (stage: import('./stages.mjs').Stage, result: { code: number, output: string }, seconds: number) => void }} options
 * @returns {Promise<boolean>} whether all have passed
 */
export async function runStages(stages, { width = 2, onEnd = () => undefined }) {
  const waiting = [...stages];
  const running = new Map();
  const passed = new Set();
  let hasFailed = false;

  const mayStart = (stage) =>
    running.size < (stage.alone ? 1 : width) &&
    ![...running.keys()].some((other) => other.alone) &&
    (stage.needs ?? []).every((name) => passed.has(name) || !stages.some((other) => other.name === name));

  const start = (stage) => {
    const started = Date.now();
    const work = stage.run().then((result) => {
      running.delete(stage);
      if (result.code === 0) passed.add(stage.name);
      else hasFailed = true;
      onEnd(stage, result, (Date.now() - started) / 1000);
    });
    running.set(stage, work);
  };

  for (;;) {
    // In order: a stage that wants the machine for itself is not overtaken for ever by the small ones behind it.
    while (!hasFailed && waiting.length > 0 && mayStart(waiting[0])) start(waiting.shift());
    if (running.size === 0) return !hasFailed && waiting.length === 0;
    await Promise.race(running.values());
  }
}
