import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { StatePanel } from '@ledgerdesk/web-ui';

/** What people see where their role does not let them in. */
@Component({
  selector: 'ld-denied',
  imports: [MatButton, RouterLink, StatePanel, TranslocoPipe],
  template: `
    <ld-state kind="denied" [title]="'state.denied' | transloco" [text]="'state.deniedText' | transloco">
      <a matButton="outlined" routerLink="/tickets">{{ 'state.toInbox' | transloco }}</a>
    </ld-state>
  `,
  styles: `
    :host {
      flex: 1;
    }
  `,
})
export class Denied {}
