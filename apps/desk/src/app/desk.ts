import { Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Theme } from '@ledgerdesk/web-theme';
import { ToastStack } from '@ledgerdesk/web-ui';

/** The whole desk: whatever the address asks for, and the toasts above it. */
@Component({
  selector: 'ld-desk',
  imports: [RouterOutlet, ToastStack],
  template: '<router-outlet /><ld-toast-stack />',
})
export class Desk {
  protected readonly theme = inject(Theme);
}
