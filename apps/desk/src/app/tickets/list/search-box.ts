import { Component, ElementRef, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Problem } from '@ledgerdesk/web-session';
import { Icon, KeyCaps } from '@ledgerdesk/web-ui';

const EXAMPLES = [
  { text: 'status:open priority>=high', label: 'search.byStatus' },
  { text: 'assignee:me', label: 'search.byAssignee' },
  { text: 'tag:vip', label: 'search.byTag' },
  { text: 'created>now-7d', label: 'search.byTime' },
  { text: '"exact words" -without', label: 'search.byWords' },
] as const;

/** Search in the whole workspace, with its syntax explained where it is needed. */
@Component({
  selector: 'ld-search-box',
  imports: [Icon, KeyCaps, TranslocoPipe],
  templateUrl: './search-box.html',
  styleUrl: './search-box.scss',
  host: { role: 'search', '(focusout)': 'leave($event)', '(keydown.escape)': 'close()' },
})
export class SearchBox {
  /** What is searched for now. */
  readonly q = input<string>();
  readonly problem = input<Problem>();
  /** Emits what to search for, or undefined for nothing. */
  readonly searched = output<string | undefined>();
  protected readonly text = linkedSignal(() => this.q() ?? '');
  protected readonly helping = signal(false);
  protected readonly examples = EXAMPLES;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  focus(): void {
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }

  protected submit(event: Event): void {
    event.preventDefault();
    const text = this.text().trim();
    this.helping.set(false);
    this.searched.emit(text === '' ? undefined : text);
  }

  protected use(example: string): void {
    this.text.update((text) => (text.trim() === '' ? example : `${text.trim()} ${example}`));
    this.field().nativeElement.focus();
  }

  protected clear(): void {
    this.text.set('');
    this.searched.emit(undefined);
    this.field().nativeElement.focus();
  }

  protected leave(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && this.host.nativeElement.contains(event.relatedTarget)) return;
    this.helping.set(false);
  }

  protected close(): void {
    this.helping.set(false);
    this.field().nativeElement.blur();
  }
}
