import { operationsOf } from './answers.mjs';

/** What a clock of the database and one of a node may differ by after the node has asked for the time. */
const CLOCKS_MS = 1_000;

/**
 * Follows replies that were to be sent later. Until then such a reply is no event, so nothing but the acknowledgement says that it is
 * there: what was acknowledged is sent, once, and not before its time.
 */
export function scheduledReplies() {
  const promised = new Map();
  const sent = new Map();
  return {
    /** @returns {{ assertion: string, what: string }[]} */
    take(lines, events) {
      const findings = [];
      const found = (what) => findings.push({ assertion: 'effects-once', what });
      for (const { begin, answers } of operationsOf(lines).filter((each) => each.begin.later !== undefined))
        promised.set(begin.later.ticket, {
          ...begin.later,
          op: begin.op,
          isKnown: answers.some(({ phase }) => phase === 'ok'),
        });
      for (const { type, stream, metadata } of events) {
        const ticket = stream.slice(stream.indexOf('_') + 1);
        const promise = promised.get(ticket);
        if (type !== 'PublicReplySent' || promise === undefined) continue;
        if (sent.has(ticket)) found(`${promise.op}: the scheduled reply was sent twice`);
        else if (Date.parse(JSON.parse(metadata).recordedAt) < promise.at - CLOCKS_MS)
          found(`${promise.op}: the scheduled reply was sent before its time`);
        sent.set(ticket, promise);
      }
      return findings;
    },
    /** Acknowledged, and not sent yet. */
    open: () => [...promised].filter(([ticket, { isKnown }]) => isKnown && !sent.has(ticket)).map(([, { op }]) => op),
    count: () => sent.size,
  };
}
