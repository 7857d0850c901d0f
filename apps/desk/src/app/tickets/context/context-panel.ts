import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Avatar, Icon } from '@ledgerdesk/web-ui';
import { CurrentTicket } from '../stores/current-ticket';
import { LinkedTickets } from '../ticket/head/linked-tickets';
import { OtherTickets } from './other-tickets';
import { TicketFields } from './ticket-fields';

/** Beside the ticket: who asks, the ticket's fields, and what else this person asked. */
@Component({
  selector: 'ld-context-panel',
  imports: [Avatar, Icon, LinkedTickets, OtherTickets, RouterLink, TicketFields, TranslocoPipe],
  template: `
    @if (current.summary(); as ticket) {
      <section class="requester">
        <ld-avatar [name]="ticket.requester.name ?? ticket.requester.address ?? '?'" [size]="40" />
        <div>
          <a class="name" dir="auto" [routerLink]="['/customers', ticket.requester.customerId]">
            {{ ticket.requester.name ?? ('ticket.erased' | transloco) }}
          </a>
          @if (ticket.requester.address; as address) {
            <span class="address">{{ address }}</span>
          }
        </div>
      </section>
      @if (ticket.erased) {
        <p class="erased"><ld-icon name="info" /> {{ 'ticket.erasedText' | transloco }}</p>
      }
      @if (current.view(); as view) {
        <ld-ticket-fields [ticket]="view" />
        <ld-linked-tickets [links]="view.links" />
      }
      <ld-other-tickets [customerId]="ticket.requester.customerId" [except]="ticket.id" />
    }
  `,
  styles: `
    :host {
      display: block;
      overflow-y: auto;
      background: var(--ld-side);
    }
    .requester {
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 14px 16px;
      border-block-end: 1px solid var(--ld-line);
    }
    .requester div {
      display: grid;
      min-inline-size: 0;
    }
    .name {
      color: var(--ld-text);
      font-weight: 600;
      text-decoration: none;
    }
    .name:hover {
      text-decoration: underline;
    }
    .name,
    .address {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .address {
      color: var(--ld-text-quiet);
      font-size: 12px;
      user-select: all;
    }
    .erased {
      display: flex;
      gap: 8px;
      padding: 12px 16px;
      background: var(--ld-grey-tint);
      color: var(--ld-text-quiet);
      font-size: 12px;
    }
  `,
})
export class ContextPanel {
  protected readonly current = inject(CurrentTicket);
}
