export { LiveDesk } from './live-desk';
export { ticketIdOf } from './messages';
export type { Change, DraftChange, Entry, Gone, Watch } from './messages';
