const TOLERANCE_MS = 2_000;

/** Every event of a round carries a time of the round, whatever the clock of the node said that made it. */
export function judgeClocks(events, from, to) {
  return events
    .map(({ stream, revision, metadata }) => ({ stream, revision, at: Date.parse(JSON.parse(metadata).recordedAt) }))
    .filter(({ at }) => at < from - TOLERANCE_MS || at > to + TOLERANCE_MS)
    .map(({ stream, revision, at }) => ({
      assertion: 'clocks-agree',
      what: `${stream} ${revision} says that it was recorded at ${new Date(at).toISOString()}`,
    }));
}
