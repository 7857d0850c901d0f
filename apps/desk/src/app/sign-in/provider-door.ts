import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { TranslocoPipe } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { ProviderAddress } from './provider-address';

/**
 * The way to the provider of a workspace. Everybody is asked for its short name, and nothing is looked up: so the page tells nobody which workspaces
 * there are.
 */
@Component({
  selector: 'ld-provider-door',
  imports: [MatButton, MatFormField, MatHint, MatInput, MatLabel, TranslocoPipe],
  template: `
    @if (open()) {
      <form (submit)="go($event)" novalidate>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ 'signIn.provider.workspace' | transloco }}</mat-label>
          <input
            matInput
            name="workspace"
            autocomplete="organization"
            autocapitalize="none"
            spellcheck="false"
            maxlength="40"
            [value]="slug()"
            (input)="slug.set($any($event.target).value)"
          />
          <mat-hint>{{ 'signIn.provider.hint' | transloco }}</mat-hint>
        </mat-form-field>
        <button matButton="outlined" type="submit" [disabled]="slug().trim() === ''">
          {{ 'signIn.provider.continue' | transloco }}
        </button>
      </form>
    } @else {
      <button matButton="outlined" type="button" (click)="asked.set(true)">
        {{ 'signIn.provider.title' | transloco }}
      </button>
    }
  `,
  styles: `
    :host,
    form {
      display: grid;
      gap: 12px;
    }
    :host {
      margin-block-start: 12px;
    }
    button {
      block-size: 36px;
    }
  `,
})
export class ProviderDoor {
  /** Short name that a link has brought along. */
  readonly workspace = input<string>();
  /** Address inside the desk to open afterwards. */
  readonly to = input.required<string>();
  protected readonly asked = signal(false);
  protected readonly open = linkedSignal(() => this.asked() || this.workspace() !== undefined);
  protected readonly slug = linkedSignal(() => this.workspace() ?? '');
  private readonly session = inject(Session);
  private readonly address = inject(ProviderAddress);

  protected go(event: Event): void {
    event.preventDefault();
    const slug = this.slug().trim().toLowerCase();
    if (slug === '') return;
    this.session.expectReturn();
    this.address.open(slug, this.to());
  }
}
