export * from './domain/ticket.commands.js';
export { ticketDecider } from './domain/ticket.decider.js';
export type * from './domain/ticket.events.js';
export type * from './domain/ticket-view.js';
export { TIMELINE_KINDS } from './domain/ticket-view.js';
export { evolveView, summaryOf, ticketView } from './domain/ticket-view.fold.js';
export { timelineEntry } from './domain/timeline-entry.js';
export * from './domain/ticket.js';
