import { Component, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import { DeskCommands, Splitter } from '@ledgerdesk/web-ui';
import { ContextPanel } from './context/context-panel';
import { PANE_WIDTHS, Panes } from './panes';
import { CurrentTicket } from './stores/current-ticket';
import { TicketPane } from './ticket/ticket-pane';

/** The open ticket and, beside it, who asks and what else is known. */
@Component({
  selector: 'ld-ticket-area',
  imports: [ContextPanel, Splitter, TicketPane, TranslocoPipe],
  template: `
    <ld-ticket-pane [at]="at()" />
    @if (panes.contextShown() && !at()) {
      @if (panes.narrow()) {
        <button
          type="button"
          class="veil"
          [attr.aria-label]="'ui.close' | transloco"
          (click)="panes.closeDrawer()"
        ></button>
        <ld-context-panel class="drawer" (keydown.escape)="panes.closeDrawer()" />
      } @else {
        <ld-splitter
          [(width)]="panes.contextWidth"
          [initial]="widths.context"
          [min]="260"
          [max]="520"
          [paneAfter]="true"
          [label]="'panes.resizeContext' | transloco"
        />
        <ld-context-panel [style.inline-size.px]="panes.contextWidth()" />
      }
    }
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      flex: 1;
      min-block-size: 0;
    }
    ld-ticket-pane {
      flex: 1;
      min-inline-size: 0;
    }
    ld-context-panel {
      flex: none;
    }
    .veil {
      position: absolute;
      z-index: 4;
      inset: 0;
      border: 0;
      background: rgb(10 14 22 / 35%);
    }
    .drawer {
      position: absolute;
      z-index: 5;
      inset-block: 0;
      inset-inline-end: 0;
      inline-size: min(340px, 92%);
      box-shadow: -8px 0 28px rgb(0 0 0 / 20%);
    }
  `,
})
export class TicketArea {
  /** From the address. */
  readonly ticketId = input.required<string>();
  /** From the address: a moment to show the ticket at, with its ledger. */
  readonly at = input<string>();
  protected readonly panes = inject(Panes);
  protected readonly widths = PANE_WIDTHS;

  constructor() {
    const current = inject(CurrentTicket);
    effect(() => {
      const ticketId = this.ticketId();
      untracked(() => {
        current.open(ticketId);
        this.panes.closeDrawer();
      });
    });
    inject(DestroyRef).onDestroy(() => {
      current.close();
    });
    inject(DeskCommands).offer([
      {
        id: 'toggleContext',
        label: 'commands.context',
        group: 'groups.tickets',
        icon: 'right_panel_open',
        keys: ']',
        run: () => {
          this.panes.toggleContext();
        },
      },
    ]);
  }
}
