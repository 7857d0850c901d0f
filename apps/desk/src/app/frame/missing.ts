import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { StatePanel } from '@ledgerdesk/web-ui';

/** An address that leads nowhere. */
@Component({
  selector: 'ld-missing',
  imports: [MatButton, RouterLink, StatePanel, TranslocoPipe],
  template: `
    <ld-state kind="missing" [title]="'state.missing' | transloco" [text]="'state.missingText' | transloco">
      <a matButton="outlined" routerLink="/tickets">{{ 'state.toInbox' | transloco }}</a>
    </ld-state>
  `,
  styles: `
    :host {
      flex: 1;
    }
  `,
})
export class Missing {}
