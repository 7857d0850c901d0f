import { Component, computed, inject, input, resource } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Api, getTicket } from '@ledgerdesk/web-api';
import type { Ticket } from '@ledgerdesk/web-api';
import { Icon, STATUS_LOOK } from '@ledgerdesk/web-ui';
import { TicketActions } from '../actions/ticket-actions';

type Link = Ticket['links'][number];

const PAUSE_MS = 500;

interface LinkedTicket {
  readonly link: Link;
  /** Undefined when the other ticket could not be read. */
  readonly ticket: Ticket | undefined;
}

/** The tickets that this one is linked to, each by what it is to this one; a link can be taken away. */
@Component({
  selector: 'ld-linked-tickets',
  imports: [Icon, MatIconButton, RouterLink, TranslocoPipe],
  template: `
    @if (links().length > 0) {
      <h3>{{ 'fields.links' | transloco }}</h3>
      <ul>
        @for (one of shown(); track one.link.ticketId + one.link.relation) {
          <li>
            <span class="relation">{{ 'relation.' + one.link.relation | transloco }}</span>
            @if (one.ticket; as other) {
              <a
                [routerLink]="['/tickets', other.id]"
                [queryParams]="{ at: null }"
                queryParamsHandling="merge"
                [attr.title]="other.subject"
              >
                <ld-icon [name]="looks[other.status].icon" />
                <span class="ld-visually-hidden">{{ 'status.' + other.status | transloco }}</span>
                <span class="ld-numbers">#{{ other.number }}</span>
                <span class="subject" dir="auto">{{ other.subject ?? ('ticket.erased' | transloco) }}</span>
              </a>
            } @else {
              <span class="subject ld-mono">{{ one.link.ticketId }}</span>
            }
            @if (mayEdit()) {
              <button
                matIconButton
                type="button"
                [attr.aria-label]="'act.unlinkTicket' | transloco: { number: one.ticket?.number ?? '?' }"
                (click)="actions.unlinkTicket({ ticketId: one.link.ticketId, relation: one.link.relation })"
              >
                <ld-icon name="link_off" />
              </button>
            }
          </li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    h3 {
      padding: 14px 16px 6px;
      border-block-start: 1px solid var(--ld-line);
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
    }
    ul {
      padding: 0 8px 10px;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }
    .relation {
      grid-column: 1 / -1;
      padding-inline: 8px;
      color: var(--ld-text-quiet);
      font-size: 11px;
    }
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      min-inline-size: 0;
      block-size: 30px;
      padding-inline: 8px;
      border-radius: var(--ld-radius);
      color: var(--ld-text);
      text-decoration: none;
    }
    a:hover {
      background: var(--ld-hover);
    }
    a .ld-numbers,
    ld-icon {
      color: var(--ld-text-quiet);
    }
    ld-icon {
      font-size: 16px;
    }
    .subject {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class LinkedTickets {
  readonly links = input.required<Ticket['links']>();
  protected readonly looks = STATUS_LOOK;
  protected readonly actions = inject(TicketActions);
  protected readonly mayEdit = computed(() => this.actions.may('edit'));
  private readonly api = inject(Api);
  private readonly others = resource({
    params: () => JSON.stringify([...new Set(this.links().map(({ ticketId }) => ticketId))]),
    loader: ({ params }) => this.readAll(JSON.parse(params) as string[]),
  });
  protected readonly shown = computed<readonly LinkedTicket[]>(() => {
    const known = this.others.hasValue() ? this.others.value() : new Map<string, Ticket>();
    return this.links().map((link) => ({ link, ticket: known.get(link.ticketId) }));
  });

  private async readAll(ids: readonly string[]): Promise<ReadonlyMap<string, Ticket>> {
    const read = await Promise.allSettled(ids.map((ticketId) => this.read(ticketId)));
    return new Map(read.flatMap((one) => (one.status === 'fulfilled' ? [[one.value.id, one.value] as const] : [])));
  }

  /** A ticket that was split off a moment ago is linked before it can be read. */
  private async read(ticketId: string, tries = 3): Promise<Ticket> {
    try {
      return await this.api.invoke(getTicket, { ticketId });
    } catch (error) {
      if (tries <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return this.read(ticketId, tries - 1);
    }
  }
}
