/** What a clock of the database and one of a node may differ by after the node has asked for the time. */
const CLOCKS_MS = 1_000;

/** Follows the timers: every ticket that was put off wakes once, not before its time, and in the end each has. */
export function timers() {
  const waiting = new Map();
  const woken = new Set();
  return {
    /** @returns {{ assertion: string, what: string }[]} */
    take(events) {
      const findings = [];
      const found = (what) => findings.push({ assertion: 'effects-once', what });
      for (const { type, id, stream, data, metadata } of events) {
        if (type === 'TicketPended') waiting.set(id, { stream, until: Date.parse(JSON.parse(data).until) });
        if (type !== 'TicketWoken') continue;
        const { causationId, recordedAt } = JSON.parse(metadata);
        const timer = waiting.get(causationId);
        if (woken.has(causationId)) found(`${stream} was woken twice by the timer of ${causationId}`);
        else if (timer === undefined) found(`${stream} was woken by nothing that is known`);
        else if (Date.parse(recordedAt) < timer.until - CLOCKS_MS) found(`${stream} was woken before its time`);
        woken.add(causationId);
        waiting.delete(causationId);
      }
      return findings;
    },
    /** Streams that have not been woken yet. */
    open: () => [...waiting.values()].map(({ stream }) => stream),
    count: () => woken.size,
  };
}
