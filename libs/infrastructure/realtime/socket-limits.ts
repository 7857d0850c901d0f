import type { Socket } from 'socket.io';

/** What a socket is told when it sends something that it may not; says nothing about the server. */
export const REFUSED = { error: { code: 'realtime.refused', message: 'This message is not understood.' } } as const;
const TOO_MANY = { error: { code: 'realtime.too-many', message: 'Too many messages; slow down.' } } as const;

export interface SocketLimits {
  /** Names of the messages that a client may send. */
  readonly events: readonly string[];
  /** Messages per second in the long run. */
  readonly rate: number;
  /** Messages at once. */
  readonly burst: number;
  /** Refused messages after which the socket is cut. */
  readonly patience: number;
}

/** Counts a message together with all that its sender asks for elsewhere; answers with a sentence when that is too much. */
export type CountMessage = () => Promise<string | undefined>;

/**
 * Lets only known messages with one plain object and an acknowledgement through, at a bounded rate; others are refused, then cut. A message that `count` refuses is
 * answered and not held against the socket: its sender may have used up the quota in another tab.
 */
export function limitSocket(
  socket: Socket,
  limits: SocketLimits,
  count: CountMessage = () => Promise.resolve(undefined),
  now: () => number = Date.now,
): void {
  let tokens = limits.burst;
  let refilledAt = now();
  let refused = 0;
  socket.use(([event, payload, acknowledge, ...rest]: unknown[], next) => {
    const instant = now();
    tokens = Math.min(limits.burst, tokens + ((instant - refilledAt) / 1000) * limits.rate);
    refilledAt = instant;
    const understood =
      typeof event === 'string' &&
      limits.events.includes(event) &&
      isPlainObject(payload) &&
      typeof acknowledge === 'function' &&
      rest.length === 0;
    if (understood && tokens >= 1) {
      tokens -= 1;
      void count().then((complaint) => {
        if (complaint === undefined) next();
        else answer(socket, [acknowledge], { error: { code: TOO_MANY.error.code, message: complaint } });
      });
      return;
    }
    refused += 1;
    answer(socket, [payload, acknowledge, ...rest], understood ? TOO_MANY : REFUSED);
    if (refused >= limits.patience) socket.disconnect(true);
  });
}

function isPlainObject(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  );
}

function answer(socket: Socket, parts: readonly unknown[], reply: object): void {
  const acknowledge = parts.find((part) => typeof part === 'function') as ((reply: object) => void) | undefined;
  if (acknowledge) acknowledge(reply);
  else socket.emit('refused', reply);
}
