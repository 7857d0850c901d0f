import type { Socket } from 'socket.io';

/** Messages that wait for a client to read on. A desk that is only busy has a handful; this is half a minute of a busy workspace. */
const MOST_WAITING = 500;
/** Characters of them together. */
const MOST_CHARACTERS = 1_048_576;

/** Parts of engine.io that are not in its types; `J8` tries them over a real connection. */
interface Connection {
  readonly writeBuffer: readonly { readonly data?: string | Buffer }[];
  readonly transport: { readonly socket: { terminate(): void } };
}

const connectionOf = ({ conn }: Pick<Socket, 'conn'>): Connection => conn as unknown as Connection;

/**
 * Whether a client reads so slowly that what waits for it would fill our memory. Cut off, it comes back and resumes from its
 * position; nothing is lost to it.
 */
export function hasFallenBehind(socket: Pick<Socket, 'conn'>): boolean {
  const { writeBuffer } = connectionOf(socket);
  if (writeBuffer.length > MOST_WAITING) return true;
  let characters = 0;
  for (const { data } of writeBuffer) characters += data?.length ?? 0;
  return characters > MOST_CHARACTERS;
}

/** Ends the connection at once and forgets what waits for it; a polite end would wait behind everything that is not read. */
export function cutOff(socket: Pick<Socket, 'conn'>): void {
  connectionOf(socket).transport.socket.terminate();
}
