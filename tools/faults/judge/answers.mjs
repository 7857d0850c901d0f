/**
 * Holds what the checker has heard against what the ledger says. Pure: lines of the journal and events in, findings out.
 * @param {readonly object[]} lines of one round
 * @param {readonly object[]} events that were appended in the round
 * @returns {{ assertion: string, what: string }[]}
 */
export function judgeAnswers(lines, events) {
  const told = countByRequest(events);
  return [
    ...operationsOf(lines).flatMap((operation) => judgeOperation(operation, told)),
    ...lines.flatMap(judgeAnswer),
    ...lines.filter(({ phase }) => phase === 'read').flatMap(judgeRead),
  ];
}

/** Of what nobody had answered when the faults were over: each is in the ledger once or not at all. */
export function judgeUnknown(lines, events) {
  const told = countByRequest(events);
  return operationsOf(lines)
    .filter(({ answers }) => !answers.some(isDefinite))
    .filter(({ op, begin }) => eventsOf(told, op, begin.told).length > 1)
    .map(({ op }) => ({ assertion: 'unknown-zero-or-one', what: `${op} stands in the ledger more than once` }));
}

function judgeOperation({ op, begin, answers, again }, told) {
  const found = (assertion, what) => [{ assertion, what: `${op} (${begin.told}): ${what}` }];
  const written = eventsOf(told, op, begin.told);
  const definite = answers.filter(isDefinite);
  const first = definite.at(0);
  if (first === undefined) return found('unknown-settles', 'was never answered, although everything works again');
  const findings = [];
  if (first.phase === 'fail' && written.length > 0)
    findings.push(...found('refused-left-nothing', `was refused (${first.why}) and stands in the ledger`));
  if (first.phase === 'ok') {
    if (written.length === 0 && !begin.mayTellNothing)
      findings.push(...found('acknowledged-in-ledger', 'was acknowledged and is not in the ledger'));
    if (written.length > 1)
      findings.push(...found('once-in-ledger', `was acknowledged and stands in the ledger ${written.length} times`));
    findings.push(
      ...written
        .slice(0, 1)
        .flatMap((event) => differences(first, event).flatMap((what) => found('answers-tell-the-truth', what))),
    );
  }
  const same = (other) =>
    other.phase === first.phase && (first.phase === 'ok' ? other.digest === first.digest : other.why === first.why);
  const other = definite.find((answer) => !same(answer));
  // A command that changed nothing has left no trace: once its stored answer is lost in a crash, it is decided anew.
  if (other !== undefined && written.length > 0)
    findings.push(...found('retries-answer-the-same', `was answered ${word(first)} and then ${word(other)}`));
  for (const line of again)
    if (written.length > 0 && line.outcome !== 'unknown' && (line.outcome !== 'ok' || line.digest !== line.first))
      findings.push(
        ...found(
          'retries-answer-the-same',
          `was answered otherwise when it was sent again (${line.why ?? line.status})`,
        ),
      );
  return findings;
}

const word = ({ phase, status, why, digest }) => `${phase} ${status} ${why ?? digest.slice(0, 8)}`;

/** What an answer says about its event that is not so. */
function differences({ id, number, version }, { stream, revision, data }) {
  const wrong = [];
  if (!stream.endsWith(`_${id}`)) wrong.push(`the answer names ${id} and the event stands in ${stream}`);
  if (version < revision) wrong.push(`the answer has version ${version} and the event revision ${revision}`);
  const written = JSON.parse(data).number;
  if (written !== undefined && written !== number)
    wrong.push(`the answer has number ${number} and the event ${written}`);
  return wrong;
}

function judgeAnswer({ op, node, status, why, retryAfter }) {
  if (status === 503 && retryAfter === undefined)
    return [{ assertion: 'unavailable-says-when', what: `${op} at ${node}: 503 without Retry-After` }];
  if (status >= 500 && status !== 503)
    return [{ assertion: 'no-internal-errors', what: `${op} at ${node}: ${status} ${why}` }];
  return [];
}

function judgeRead({ id, node, wrote, saw, status, isStale }) {
  const misses = status === 404 || (status === 200 && saw < wrote);
  if (!misses || isStale) return [];
  return [
    { assertion: 'reads-follow-writes', what: `${id} at ${node}: wrote version ${wrote}, read ${saw ?? status}` },
  ];
}

const isDefinite = ({ phase }) => phase === 'ok' || phase === 'fail';

/** Lines of a round by operation. */
export function operationsOf(lines) {
  const operations = new Map();
  for (const line of lines) {
    if (line.phase === 'begin') operations.set(line.op, { op: line.op, begin: line, answers: [], again: [] });
    else if (line.phase === 'again') operations.get(line.op).again.push(line);
    else if (['ok', 'fail', 'unknown'].includes(line.phase)) operations.get(line.op).answers.push(line);
  }
  return [...operations.values()];
}

const eventsOf = (told, op, type) => (told.get(op) ?? []).filter((event) => event.type === type);

function countByRequest(events) {
  return Map.groupBy(events, ({ metadata }) => JSON.parse(metadata).requestId);
}
