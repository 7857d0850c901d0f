/**
 * One measured figure. `goal` is what we want, `floor` what must be; both are compared with `value` in the direction of `better`.
 * @typedef {{ bench: string, what: string, value: number, unit: string, better: 'more' | 'less', goal?: number, floor?: number, note?: string }} Figure
 */

/** How a figure stands to its goal and its floor. */
export function verdict({ value, better, goal, floor }) {
  const reaches = (bound) => bound === undefined || (better === 'more' ? value >= bound : value <= bound);
  if (goal === undefined && floor === undefined) return '';
  if (reaches(goal) && reaches(floor)) return 'reached';
  return floor !== undefined && reaches(floor) ? 'above the floor' : 'missed';
}

/**
 * The figures as a page.
 * @param {Figure[]} figures
 * @param {{ cpu: string, memory: string, system: string, node: string, commit: string, date: string, alone: number, together: number }} machine
 * @param {{ command?: string, notes?: string }} [options] what to type to measure again, and Markdown that explains the figures
 */
export function report(figures, machine, { command = 'npm run bench', notes = '' } = {}) {
  const lines = figures.map((figure) => {
    const bound = [figure.goal, figure.floor].filter((number) => number !== undefined).map((number) => format(number));
    const wanted = bound.length === 0 ? '' : `${figure.better === 'more' ? '≥' : '≤'} ${bound.join(', floor ')}`;
    return `| ${figure.bench} | ${figure.what} | ${format(figure.value)} ${figure.unit} | ${wanted} | ${verdict(figure)} | ${figure.note ?? ''} |`;
  });
  return [
    '# Benchmarks',
    '',
    `Measured on ${machine.date} at commit ${machine.commit} with \`${command}\`: ${machine.cpu}, ${machine.memory}, ${machine.system}, Node ${machine.node}.`,
    `One thread hashes ${format(machine.alone)} kB/s (SHA-256), all together ${format(machine.together)} times that: compare figures of two days by these.`,
    'The load comes from the same machine, the worker runs, `fsync` and `synchronous_commit` are on (asserted), texts have 200 to 2,000 characters.',
    '',
    '| bench | figure | measured | wanted | | note |',
    '|---|---|---|---|---|---|',
    ...lines,
    ...(notes === '' ? [] : ['', notes.trim()]),
    '',
  ].join('\n');
}

function format(number) {
  return number.toLocaleString('en-GB', { maximumFractionDigits: number < 10 ? 2 : number < 100 ? 1 : 0 });
}
