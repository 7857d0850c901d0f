import { Injectable, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { BreakpointObserver } from '@angular/cdk/layout';
import { computed, inject } from '@angular/core';
import { between, isBoolean, oneOf, remembered } from '@ledgerdesk/web-theme';

/** Widths in CSS pixels of the panes as they are first seen. */
export const PANE_WIDTHS = { views: 220, list: 380, context: 320 } as const;

/** Below these widths the context becomes a drawer, and one pane is shown at a time. */
const DRAWER_BELOW = '(max-width: 1099.98px)';
const ONE_PANE_BELOW = '(max-width: 759.98px)';

/** How the panes of the ticket area are laid out; remembered by this browser. */
@Injectable({ providedIn: 'root' })
export class Panes {
  readonly viewsWidth = remembered('views-width', PANE_WIDTHS.views, between(160, 360));
  readonly listWidth = remembered('list-width', PANE_WIDTHS.list, between(280, 720));
  readonly contextWidth = remembered('context-width', PANE_WIDTHS.context, between(260, 520));
  readonly viewsShown = remembered('views-shown', true, isBoolean);
  private readonly contextWanted = remembered('context-shown', true, isBoolean);
  private readonly drawer = signal(false);
  readonly density = remembered<'comfortable' | 'compact'>(
    'list-density',
    'comfortable',
    oneOf('comfortable', 'compact'),
  );

  private readonly observer = inject(BreakpointObserver);
  private readonly widths = toSignal(this.observer.observe([DRAWER_BELOW, ONE_PANE_BELOW]));
  readonly narrow = computed(() => this.widths()?.breakpoints[DRAWER_BELOW] ?? false);
  readonly onePane = computed(() => this.widths()?.breakpoints[ONE_PANE_BELOW] ?? false);
  /** Height of a row of the list in CSS pixels. */
  readonly rowHeight = computed(() => (this.density() === 'compact' ? 36 : 60));
  readonly contextShown = computed(() => (this.narrow() ? this.drawer() : this.contextWanted()));

  toggleContext(): void {
    if (this.narrow()) this.drawer.update((open) => !open);
    else this.contextWanted.update((shown) => !shown);
  }

  closeDrawer(): void {
    this.drawer.set(false);
  }

  otherDensity(): void {
    this.density.update((density) => (density === 'compact' ? 'comfortable' : 'compact'));
  }
}
