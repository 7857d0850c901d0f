import { connect, createServer } from 'node:net';

const APPENDS = 'ledgerdesk-append';
/** First bytes of the messages with which a client of Postgres asks for something: Parse and Bind. */
const ASKS = new Set([0x50, 0x42]);

/**
 * The way of one program to Postgres. It lets everything through, and can cut a connection in the middle of an append: before the
 * request has arrived, or after it was carried out and before the answer.
 * @param {number} target port of Postgres
 */
export async function gate(target) {
  const pairs = new Set();
  let cuts = [];
  let isClosed = false;
  let trouble = 0;
  let accepted = 0;
  /** How long answers take longer than they should, and one in how many is lost with its connection. */
  let slowness;

  const server = createServer((client) => {
    if (isClosed) return client.destroy();
    accepted += 1;
    const remote = connect({ host: '127.0.0.1', port: target });
    const pair = { client, remote, isAppender: false, started: false, losingAnswer: false, due: 0 };
    pairs.add(pair);
    const drop = () => {
      pairs.delete(pair);
      client.destroy();
      remote.destroy();
    };
    for (const socket of [client, remote]) socket.setNoDelay(true).on('error', drop).on('close', drop);
    client.on('data', (chunk) => {
      if (!pair.started) {
        pair.started = true;
        pair.isAppender = chunk.includes(APPENDS);
      } else if (pair.isAppender && ASKS.has(chunk[0]) && cuts.length > 0 && !pair.losingAnswer) {
        const { losing, onCut } = cuts.shift();
        onCut();
        trouble = Date.now();
        if (losing === 'request') return drop();
        pair.losingAnswer = true;
      }
      if (!remote.write(chunk)) client.pause();
    });
    remote.on('data', (chunk) => {
      if (pair.losingAnswer) return drop();
      if (slowness === undefined && pair.due < Date.now()) return pass(chunk);
      trouble = Date.now();
      if (slowness?.isLost()) return drop();
      // Never before what came earlier, also when the way is quick again.
      pair.due = Math.max(Date.now() + (slowness?.milliseconds ?? 0), pair.due + 1);
      setTimeout(pass, pair.due - Date.now(), chunk);
    });
    const pass = (chunk) => {
      if (!client.write(chunk)) remote.pause();
    };
    client.on('drain', () => remote.resume());
    remote.on('drain', () => client.resume());
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));

  const cutEverything = () => {
    trouble = Date.now();
    for (const { client, remote } of pairs) {
      client.destroy();
      remote.destroy();
    }
  };
  return {
    port: server.address().port,
    /**
     * Cuts the next appends, one after the other.
     * @param {readonly ('request' | 'answer')[]} losses what each loses
     * @returns {Promise<void>} when the last has been cut
     */
    cutAppends: (losses) =>
      new Promise((resolve) => {
        cuts = losses.map((losing, place) => ({
          losing,
          onCut: place === losses.length - 1 ? resolve : () => undefined,
        }));
      }),
    forget: () => void (cuts = []),
    /** Connections that were made so far. */
    accepted: () => accepted,
    /** @param {{ milliseconds: number, isLost: () => boolean }} how until it is opened, every answer takes longer, or is lost */
    slow: (how) => void (slowness = how),
    lastTrouble: () => (isClosed ? Date.now() : trouble),
    /** Nobody passes until it is opened. */
    shut() {
      isClosed = true;
      cutEverything();
    },
    open() {
      if (isClosed || slowness) trouble = Date.now();
      isClosed = false;
      slowness = undefined;
    },
    close() {
      cutEverything();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
