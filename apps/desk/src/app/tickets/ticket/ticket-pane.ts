import { Component, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon, PriorityMark, StatePanel, StatusChip } from '@ledgerdesk/web-ui';
import { Panes } from '../panes';
import { CurrentTicket } from '../stores/current-ticket';

/** The open ticket: its head and what was said. */
@Component({
  selector: 'ld-ticket-pane',
  imports: [Icon, MatIconButton, MatTooltip, PriorityMark, RouterLink, StatePanel, StatusChip, TranslocoPipe],
  template: `
    @if (current.problem(); as problem) {
      <ld-state
        [kind]="
          problem.status === 404
            ? 'missing'
            : problem.status === 403
              ? 'denied'
              : problem.status === 0
                ? 'offline'
                : 'error'
        "
        [title]="(problem.status === 404 ? 'ticket.missing' : 'ticket.failed') | transloco"
        [text]="problem.detail"
      />
    } @else if (current.summary(); as ticket) {
      <header>
        @if (panes.onePane()) {
          <a
            matIconButton
            routerLink="/tickets"
            queryParamsHandling="preserve"
            [attr.aria-label]="'commands.back' | transloco"
          >
            <ld-icon name="arrow_back" />
          </a>
        }
        <h2 dir="auto">{{ ticket.subject ?? ('ticket.erased' | transloco) }}</h2>
        <ld-priority-mark [priority]="ticket.priority" [short]="true" />
        <ld-status-chip [status]="ticket.status" />
        <button
          matIconButton
          type="button"
          [matTooltip]="'commands.context' | transloco"
          [attr.aria-label]="'commands.context' | transloco"
          [attr.aria-pressed]="panes.contextShown()"
          (click)="panes.toggleContext()"
        >
          <ld-icon name="right_panel_open" />
        </button>
      </header>
      <ol class="story">
        @for (entry of current.timeline(); track entry.id) {
          @if (entry.text; as text) {
            <li dir="auto">{{ text }}</li>
          }
        }
      </ol>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 0;
    }
    header {
      display: flex;
      flex: none;
      align-items: center;
      gap: 10px;
      min-block-size: 48px;
      padding-inline: 20px 8px;
      border-block-end: 1px solid var(--ld-line);
    }
    h2 {
      flex: 1;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .story {
      flex: 1;
      padding: 20px;
      overflow-y: auto;
    }
    li {
      max-inline-size: 760px;
      margin: 0 auto 16px;
      white-space: pre-wrap;
    }
  `,
})
export class TicketPane {
  protected readonly current = inject(CurrentTicket);
  protected readonly panes = inject(Panes);
}
