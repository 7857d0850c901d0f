import { Injectable } from '@angular/core';

/** The access token of this tab: in memory only, so that neither storage nor another page ever holds it. */
@Injectable({ providedIn: 'root' })
export class AccessToken {
  private value: string | undefined;

  current(): string | undefined {
    return this.value;
  }

  set(token: string | undefined): void {
    this.value = token;
  }
}
