import { Location } from '@angular/common';
import { inject } from '@angular/core';

/**
 * The secret of the link that led here: what stands after the `#`. It is taken out of the address at once, so that it stays in no history.
 * To be called while a page is constructed.
 */
export function takeLinkToken(): string | undefined {
  const location = inject(Location);
  const [path = '', token] = location.path(true).split('#');
  if (token === undefined || token === '') return undefined;
  location.replaceState(path);
  return token;
}
