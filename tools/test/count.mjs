/**
 * How many tests a stage has run: what Jest says in its summary, or one for a check that either holds or not.
 * @param {{ code: number, output: string }} result
 * @returns {{ passed: number, failed: number }}
 */
export function countTests({ code, output }) {
  const line = /^Tests: (.*)$/m.exec(output)?.[1];
  if (line === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const number = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const failed = number('failed');
  // A suite that can not even be loaded fails without a failed test.
  return { passed: number('passed'), failed: failed === 0 && code !== 0 ? 1 : failed };
}
