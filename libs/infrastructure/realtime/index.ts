export { DeskSocketAdapter, type DeskSocketSettings, mayConnect } from './desk-socket.adapter.js';
export { limitSocket, REFUSED, type SocketLimits } from './socket-limits.js';
export { cutOff, hasFallenBehind } from './slow-sockets.js';
export { signInSockets, signedIn, type SignedIn, type VerifyToken } from './socket-sign-in.js';
