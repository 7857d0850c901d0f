export * from './domain/ticket.commands.js';
export type * from './domain/ticket.events.js';
export type * from './domain/ticket-view.js';
export type * from './domain/ticket.js';
