export { AccessToken } from './access-token';
export { conversation } from './conversation.interceptor';
export { credentials } from './credentials.interceptor';
export { KnownPosition } from './known-position';
export { problemOf } from './problem';
export type { Disagreement, Problem } from './problem';
export { Session } from './session';
export type { Renewal } from './session';
export { may, signedIn } from './session.guard';
