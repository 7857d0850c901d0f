import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';

export interface DeskSocketSettings {
  /** Origins that may connect besides the api's own address, e.g. `https://desk.example.com`. */
  readonly allowedOrigins: readonly string[];
}

/** A message from a browser is a few ids; nothing larger is read (bytes). */
const LARGEST_MESSAGE = 16_384;

/**
 * Socket.IO as the desk needs it: WebSocket only (no polling bodies to guard), small messages, no recovery of a connection behind
 * the back of authentication, and nobody from a foreign origin.
 */
export class DeskSocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly settings: DeskSocketSettings,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const limits: Partial<ServerOptions> = {
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: LARGEST_MESSAGE,
      perMessageDeflate: false,
      connectTimeout: 10_000,
      pingInterval: 20_000,
      pingTimeout: 10_000,
      allowRequest: (request, decide) => {
        decide(null, mayConnect(request, this.settings.allowedOrigins));
      },
    };
    const server = super.createIOServer(port, { ...options, ...limits } as ServerOptions);
    // Nothing happens outside of `/desk`, so nobody may wait there.
    server.use((_socket, next) => {
      next(new Error('unauthorized'));
    });
    return server;
  }
}

/**
 * Browsers always send `Origin` on a WebSocket; programs that send none hold no cookies and no ambient rights, and the token
 * decides about them.
 */
export function mayConnect(request: Pick<IncomingMessage, 'headers'>, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}
