import type { Clock } from '@ledgerdesk/kernel';
import type { Namespace, Socket } from 'socket.io';

/** Who a token speaks for, and until when (milliseconds since the epoch). */
export interface SignedIn<Member> {
  readonly member: Member;
  readonly expiresAt: number;
}

/** Resolves to `undefined` for a token that is not valid, or not any more. */
export type VerifyToken<Member> = (token: string) => Promise<SignedIn<Member> | undefined>;

/**
 * How often (milliseconds) a socket's token is looked at again. A verified token is remembered for some seconds, by whichever request
 * asked last, so looking as seldom as that could come late by as many again; looking is cheap, and five seconds are promised.
 */
const RECHECK = 500;

/**
 * Admits only sockets that bring a valid access token in the handshake's `auth` part. A token in the query is refused even when it
 * is valid, because addresses end up in logs. The socket is cut when its token expires or its session ends; the client comes back
 * with a new token.
 * @param onRecheck told whom the socket was admitted for before its token was looked at again
 */
export function signInSockets<Member>(
  namespace: Namespace,
  verify: VerifyToken<Member>,
  clock: Clock,
  onRecheck: (socket: Socket, before: Member) => void = () => undefined,
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
    const check = setInterval(() => {
      const before = signedIn<Member>(socket).member;
      void stillSignedIn(socket, verify, clock).then((valid) => {
        if (valid) {
          onRecheck(socket, before);
          return;
        }
        socket.emit('expired', {});
        socket.disconnect(true);
      });
    }, RECHECK);
    socket.once('disconnect', () => {
      clearInterval(check);
    });
  });
}

async function admit<Member>(socket: Socket, verify: VerifyToken<Member>): Promise<boolean> {
  const { query } = socket.handshake;
  if ('token' in query || 'access_token' in query || 'authorization' in query) return false;
  const token = tokenOf(socket);
  const session = token === undefined ? undefined : await verify(token);
  if (!session) return false;
  setSession(socket, session);
  return true;
}

/** A database that is away ends nobody's session; the expiry of the token still does. */
async function stillSignedIn<Member>(socket: Socket, verify: VerifyToken<Member>, clock: Clock): Promise<boolean> {
  if (signedIn(socket).expiresAt <= clock.now()) return false;
  try {
    const session = await verify(tokenOf(socket) ?? '');
    if (session) setSession(socket, session);
    return session !== undefined;
  } catch {
    return true;
  }
}

function tokenOf({ handshake }: Socket): string | undefined {
  const token: unknown = handshake.auth.token;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

function setSession<Member>(socket: Socket, session: SignedIn<Member>): void {
  (socket.data as { session?: SignedIn<Member> }).session = session;
}

/** Whom a socket was admitted for. */
export function signedIn<Member>(socket: Pick<Socket, 'data'>): SignedIn<Member> {
  const { session } = socket.data as { session?: SignedIn<Member> };
  if (!session) throw new Error('A socket reached a handler without a session.');
  return session;
}
