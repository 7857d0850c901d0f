import { Location } from '@angular/common';
import { inject, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';

/**
 * The secret of the link that led here: what stands after the `#`, also when another link is opened while the page is. It is taken out
 * of the address at once, so that it stays in no history. To be called while a page is constructed.
 */
export function linkToken(): Signal<string> {
  const location = inject(Location);
  const token = signal('');
  const take = (): void => {
    const [path = '', secret = ''] = location.path(true).split('#');
    if (secret === '') return;
    token.set(secret);
    location.replaceState(path);
  };
  take();
  inject(ActivatedRoute).fragment.pipe(takeUntilDestroyed()).subscribe(take);
  return token.asReadonly();
}
