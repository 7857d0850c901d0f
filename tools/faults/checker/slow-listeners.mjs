import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { longNote, opening } from './operations.mjs';

const TEXT = 0x81;
const LISTENERS = 6;
const LANES = 4;
/** What the system keeps for a connection that nobody reads from, and some more. */
const LONGEST_CUT_MS = 20_000;
const LONGEST_ANSWER_MS = 15_000;
const ASK_AGAIN_MS = 500;

/**
 * Browsers that watch a ticket and read nothing of what they are told, while many long notes are added to it. The desk must not keep
 * all of that for them: it cuts them off, and they would come back and resume.
 * @returns {Promise<{ cut: number, of: number, bytes: number }>} how many were cut, and the most that one of them had been sent
 */
export async function slowListeners({ operator, members, nodes, node, notes }) {
  const member = members[0];
  const { id } = await operator.perform(opening('slow', 'slow'), member, node, { insist: true });
  const listeners = await Promise.all(Array.from({ length: LISTENERS }, () => listener(nodes[node], member.token, id)));
  const lane = async (first) => {
    for (let added = first; added < notes; added += LANES)
      await operator.perform(longNote(id, `slow-${added}`), member, node);
  };
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  for (const each of listeners) each.readOn();
  const deadline = Date.now() + LONGEST_CUT_MS;
  while (listeners.some(({ isCut }) => !isCut()) && Date.now() < deadline) await pause(50);
  for (const each of listeners) each.end();
  return {
    of: listeners.length,
    cut: listeners.filter(({ isCut }) => isCut()).length,
    bytes: Math.max(...listeners.map(({ bytes }) => bytes())),
  };
}

/** One WebSocket by hand, because a client of a library always reads. */
async function listener(url, token, ticketId) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let bytes = 0;
  let cut = false;
  let heard = '';
  socket.on('error', () => undefined);
  socket.on('close', () => void (cut = true));
  const says = (word) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`The desk did not say ${word} over the socket.`)),
        LONGEST_ANSWER_MS,
      );
      const look = (chunk) => {
        heard += chunk.toString('latin1');
        if (!heard.includes(word)) return;
        clearTimeout(late);
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
    });
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\n` +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  await says('0{"sid"');
  socket.write(frame(`40/desk,${JSON.stringify({ token })}`));
  await says('"ready"');
  // A new ticket can be watched when the read models have it.
  const ask = () => socket.write(frame(`42/desk,1["watch",${JSON.stringify({ ticketId })}]`));
  ask();
  const asking = setInterval(ask, ASK_AGAIN_MS);
  await says('"ok":true').finally(() => clearInterval(asking));
  socket.pause();
  return {
    isCut: () => cut,
    bytes: () => bytes,
    readOn() {
      socket.on('data', (chunk) => void (bytes += chunk.length));
      socket.resume();
    },
    end: () => socket.destroy(),
  };
}

/** A masked text frame, as RFC 6455 wants them from a client; short texts only. */
function frame(text) {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const length =
    payload.length < 126 ? [payload.length | 0x80] : [126 | 0x80, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([TEXT, ...length]), mask, payload.map((byte, place) => byte ^ mask[place % 4])]);
}
