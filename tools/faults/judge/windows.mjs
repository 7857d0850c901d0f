/**
 * What had to be heard while something was broken.
 * @param {readonly object[]} lines
 * @param {readonly { what: string, assertion: string, from: number, to: number, nodes: readonly string[], least: number }[]} windows
 */
export function judgeWindows(lines, windows) {
  return windows.flatMap(({ what, assertion, from, to, nodes, least }) => {
    const heard = lines.filter(
      (line) => line.at >= from && line.at <= to && nodes.includes(line.node) && line.phase === 'ok',
    );
    if (heard.length >= least) return [];
    return [{ assertion, what: `${what}: ${heard.length} answers of ${least} that there had to be at least` }];
  });
}
