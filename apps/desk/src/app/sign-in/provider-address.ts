import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Leaves the desk for the provider of a workspace; the api sends the browser on. */
@Injectable({ providedIn: 'root' })
export class ProviderAddress {
  private readonly document = inject(DOCUMENT);

  open(slug: string, to: string): void {
    this.document.location.assign(`/api/v1/auth/oidc/${encodeURIComponent(slug)}/start?to=${encodeURIComponent(to)}`);
  }
}
