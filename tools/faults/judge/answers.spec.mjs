import { judgeAnswers, judgeUnknown } from './answers.mjs';

const TICKET = '01939c5e-7b1a-7c44-9b0e-3f6a1d2c4b5a';
const begin = { op: 'r0-1', phase: 'begin', told: 'TicketOpened' };
const ok = { op: 'r0-1', phase: 'ok', status: 201, id: TICKET, number: 7, version: 0, digest: 'abc' };
const unknown = { op: 'r0-1', phase: 'unknown', why: 'ECONNRESET' };
const refused = { op: 'r0-1', phase: 'fail', status: 422, why: 'ticket.until-past' };
const event = {
  type: 'TicketOpened',
  stream: `ticket-0_${TICKET}`,
  revision: 0,
  data: '{"number":7}',
  metadata: '{"requestId":"r0-1"}',
};

const assertions = (lines, events) => judgeAnswers(lines, events).map(({ assertion }) => assertion);

describe('what was answered and what the ledger holds', () => {
  it('agree when everything is there once', () => {
    expect(judgeAnswers([begin, unknown, ok, { ...ok, phase: 'ok' }], [event])).toEqual([]);
    expect(judgeAnswers([begin, refused], [])).toEqual([]);
  });

  it.each([
    ['acknowledged-in-ledger', [begin, ok], []],
    ['once-in-ledger', [begin, ok], [event, event]],
    ['refused-left-nothing', [begin, refused], [event]],
    ['unknown-settles', [begin, unknown], []],
    ['answers-tell-the-truth', [begin, { ...ok, number: 8 }], [event]],
    ['answers-tell-the-truth', [begin, { ...ok, id: 'another' }], [event]],
    ['retries-answer-the-same', [begin, ok, { ...ok, digest: 'abd' }], [event]],
    ['retries-answer-the-same', [begin, ok, refused], [event]],
    [
      'retries-answer-the-same',
      [begin, ok, { op: 'r0-1', phase: 'again', outcome: 'ok', first: 'abc', digest: 'abd' }],
      [event],
    ],
    ['no-internal-errors', [begin, { ...unknown, status: 500 }, ok], [event]],
    ['unavailable-says-when', [begin, { ...unknown, status: 503 }, ok], [event]],
    ['reads-follow-writes', [{ phase: 'read', status: 200, wrote: 3, saw: 2, isStale: false }], []],
    ['reads-follow-writes', [{ phase: 'read', status: 404, wrote: 3, isStale: false }], []],
  ])('are found to differ: %s', (assertion, lines, events) => {
    expect(assertions(lines, events)).toEqual([assertion]);
  });

  it('take what changed nothing, and what was said to be stale', () => {
    expect(assertions([{ ...begin, mayTellNothing: true }, ok], [])).toEqual([]);
    expect(assertions([{ phase: 'read', status: 404, wrote: 3, isStale: true }], [])).toEqual([]);
  });

  it('know what nobody answered and stands there twice', () => {
    expect(judgeUnknown([begin, unknown], [event, event]).map(({ assertion }) => assertion)).toEqual([
      'unknown-zero-or-one',
    ]);
    expect(judgeUnknown([begin, unknown], [event])).toEqual([]);
    expect(judgeUnknown([begin, unknown], [])).toEqual([]);
  });
});
