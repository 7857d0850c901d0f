import type { Namespace, Socket } from 'socket.io';

/** Who a token speaks for, and until when (milliseconds since the epoch). */
export interface SignedIn<Member> {
  readonly member: Member;
  readonly expiresAt: number;
}

/** Longest delay that a timer of Node can hold. */
const LONGEST_TIMER = 2_147_483_647;

/**
 * Admits only sockets that bring a valid access token in the handshake's `auth` part. A token in the query is refused even when it
 * is valid, because addresses end up in logs. The socket is cut when its token expires; the client comes back with a new one.
 * @param verify resolves to `undefined` for a token that is not valid.
 */
export function signInSockets<Member>(
  namespace: Namespace,
  verify: (token: string) => Promise<SignedIn<Member> | undefined>,
): void {
  namespace.use((socket, next) => {
    admit(socket, verify).then(
      (admitted) => {
        next(admitted ? undefined : new Error('unauthorized'));
      },
      () => {
        next(new Error('unavailable'));
      },
    );
  });
  namespace.on('connection', (socket) => {
    const { expiresAt } = signedIn(socket);
    const cut = setTimeout(
      () => {
        socket.emit('expired', {});
        socket.disconnect(true);
      },
      Math.min(Math.max(0, expiresAt - Date.now()), LONGEST_TIMER),
    );
    socket.once('disconnect', () => {
      clearTimeout(cut);
    });
  });
}

async function admit<Member>(
  socket: Socket,
  verify: (token: string) => Promise<SignedIn<Member> | undefined>,
): Promise<boolean> {
  const { auth, query } = socket.handshake;
  if ('token' in query || 'access_token' in query || 'authorization' in query) return false;
  const token: unknown = auth.token;
  if (typeof token !== 'string' || token === '') return false;
  const session = await verify(token);
  if (!session) return false;
  (socket.data as { session?: SignedIn<Member> }).session = session;
  return true;
}

/** Whom a socket was admitted for. */
export function signedIn<Member>(socket: Pick<Socket, 'data'>): SignedIn<Member> {
  const { session } = socket.data as { session?: SignedIn<Member> };
  if (!session) throw new Error('A socket reached a handler without a session.');
  return session;
}
