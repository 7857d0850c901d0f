export { LiveDesk } from './live-desk';
export { ticketIdOf } from './messages';
export type { Change, Entry, Gone, Watch } from './messages';
