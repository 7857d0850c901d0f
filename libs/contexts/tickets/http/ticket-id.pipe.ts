import type { PipeTransform } from '@nestjs/common';
import { ticketNotFound } from '../queries/ticket-views.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be a ticket's: the same answer as for a ticket that does not exist. */
export class TicketIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw ticketNotFound();
  }
}
