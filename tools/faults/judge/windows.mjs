/**
 * What had to be heard while something was broken.
 * @param {readonly object[]} lines
 * @param {readonly { what: string, assertion: string, from: number, to: number, nodes: readonly string[], status?: number, least: number }[]} windows
 */
export function judgeWindows(lines, windows) {
  return windows.flatMap(({ what, assertion, from, to, nodes, status, least }) => {
    const heard = lines.filter(
      (line) =>
        line.at >= from &&
        line.at <= to &&
        nodes.includes(line.node) &&
        (status === undefined ? line.phase === 'ok' : line.status === status),
    );
    if (heard.length >= least) return [];
    return [{ assertion, what: `${what}: ${heard.length} answers of ${least} that there had to be at least` }];
  });
}
