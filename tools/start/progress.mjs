const terminal = process.stdout.isTTY === true;

/**
 * Says what is being done while it is done, and how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const ticking = terminal ? setInterval(() => process.stdout.write(`\r  … ${what} ${seconds()}`), 200) : undefined;
  if (!terminal) console.log(`  … ${what}`);
  try {
    const result = await work();
    console.log(`${terminal ? '\r\u001b[K' : ''}  ✓ ${what} (${seconds()})`);
    return result;
  } catch (error) {
    console.log(`${terminal ? '\r\u001b[K' : ''}  ✗ ${what} (${seconds()})`);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

/** Lines in a frame. */
export function box(lines) {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 4);
  return [`╭${edge}╮`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `╰${edge}╯`].join('\n');
}
