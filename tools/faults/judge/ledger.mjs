import { hashOf, NOTHING_BEFORE } from './chain.mjs';

/**
 * Reads the ledger from outside as it grows, and checks every event against everything that was read before.
 * @returns {(events: readonly import('./logs.mjs').Stored[], total: number) => { assertion: string, what: string }[]} takes the events that are new, in
 *   the order of their positions, and how many the ledger holds in all
 */
export function auditor() {
  const streams = new Map();
  const ids = new Set();
  const numbers = new Set();
  let lastPosition = 0n;
  let seen = 0;

  const check = (event) => {
    const { stream, revision, id, type, data, workspace } = event;
    const place = `${stream} ${revision} (${type})`;
    const findings = [];
    const found = (assertion, what) => findings.push({ assertion, what: `${place}: ${what}` });

    const position = BigInt(event.order);
    if (position <= lastPosition) found('positions-increase', `stands at ${position} after ${lastPosition}`);
    lastPosition = position;

    if (ids.has(id)) found('event-ids-unique', `its id ${id} is there twice`);
    ids.add(id);

    const before = streams.get(stream) ?? { revision: -1, hash: NOTHING_BEFORE };
    if (revision !== before.revision + 1) found('revisions-dense', `comes after revision ${before.revision}`);
    const { own, written, previous } = hashOf(event);
    if (own !== written) found('chain-verifies', 'its hash is not the one of its bytes');
    if (previous !== before.hash) found('chain-verifies', 'it does not follow the event before it');
    streams.set(stream, { revision, hash: written });

    if (type === 'TicketOpened') {
      const number = `${workspace} #${JSON.parse(data).number}`;
      if (numbers.has(number)) found('ticket-numbers-unique', `its number ${number} was given before`);
      numbers.add(number);
    }
    return findings;
  };

  return (events, total) => {
    const findings = events.flatMap(check);
    seen += events.length;
    // More may have come between our two questions; fewer may not.
    if (total < seen)
      findings.push({ assertion: 'ledger-only-grows', what: `${seen} events have been seen, and ${total} are there` });
    return findings;
  };
}
