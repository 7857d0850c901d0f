import { Component, computed, inject, input } from '@angular/core';
import { TranslocoPipe, TranslocoService } from '@jsverse/transloco';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { Icon, Toasts } from '@ledgerdesk/web-ui';
import { ActorNames } from '../words/actor-names';
import type { KnownCustomer } from '../words/actor-names';
import { InstantPipe } from '../words/instant';

/** Everything that stands in the ledger about one event: who, why, when, where, its place in the chain, its payload. */
@Component({
  selector: 'ld-event-details',
  imports: [Icon, InstantPipe, TranslocoPipe],
  template: `
    @let shown = event();
    <dl>
      <div>
        <dt>{{ 'ledger.actor' | transloco }}</dt>
        <dd>
          <span dir="auto">{{ actor() }}</span>
          <code class="under">{{ shown.actor }}</code>
        </dd>
      </div>
      <div>
        <dt>{{ 'ledger.cause' | transloco }}</dt>
        <dd>
          <code>{{ shown.cause }}</code>
        </dd>
      </div>
      <div>
        <dt>{{ 'ledger.occurred' | transloco }}</dt>
        <dd class="ld-numbers">{{ shown.occurredAt | instant: 'exact' }}</dd>
      </div>
      <div>
        <dt>{{ 'ledger.recorded' | transloco }}</dt>
        <dd class="ld-numbers">{{ shown.recordedAt | instant: 'exact' }}</dd>
      </div>
      @for (row of rows(); track row.label) {
        <div>
          <dt>{{ row.label | transloco }}</dt>
          <dd class="copied">
            <code [class.one-line]="row.short" [attr.title]="row.short ? row.value : null">{{ row.value }}</code>
            <button
              type="button"
              [attr.aria-label]="('ledger.copy' | transloco) + ': ' + (row.label | transloco)"
              (click)="copy(row.value)"
            >
              <ld-icon name="content_copy" />
            </button>
          </dd>
        </div>
      }
    </dl>
    <h3>{{ 'ledger.payload' | transloco }}</h3>
    <pre tabindex="0" [attr.aria-label]="'ledger.payload' | transloco">{{ payload() }}</pre>
  `,
  styles: `
    :host {
      display: block;
    }
    dl {
      display: grid;
      gap: 3px;
    }
    dl div {
      display: grid;
      grid-template-columns: 80px minmax(0, 1fr);
      gap: 8px;
    }
    dt {
      color: var(--ld-text-quiet);
      font-size: 12px;
      line-height: 20px;
    }
    dd {
      min-inline-size: 0;
      font-size: 12px;
      line-height: 20px;
      overflow-wrap: anywhere;
    }
    code {
      font-size: 11.5px;
      overflow-wrap: anywhere;
    }
    .under {
      display: block;
      color: var(--ld-text-quiet);
      line-height: 15px;
    }
    .copied {
      display: flex;
      align-items: center;
      gap: 2px;
    }
    .copied code {
      flex: 1;
      min-inline-size: 0;
    }
    .one-line {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button {
      display: inline-grid;
      place-items: center;
      inline-size: 24px;
      block-size: 24px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--ld-text-quiet);
      vertical-align: middle;
      cursor: pointer;
    }
    button:hover {
      background: var(--ld-hover);
      color: var(--ld-text);
    }
    button ld-icon {
      font-size: 14px;
    }
    h3 {
      padding-block: 10px 4px;
      color: var(--ld-text-quiet);
      font-size: 12px;
      font-weight: 500;
    }
    pre {
      margin: 0;
      padding: 8px 10px;
      max-block-size: 360px;
      overflow: auto;
      border: 1px solid var(--ld-line);
      border-radius: var(--ld-radius);
      background: var(--ld-side);
      font: 400 11.5px/1.55 var(--ld-mono);
      font-variant-ligatures: none;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
  `,
})
export class EventDetails {
  readonly event = input.required<LedgerEvent>();
  readonly customer = input<KnownCustomer>();
  private readonly actors = inject(ActorNames);
  private readonly toasts = inject(Toasts);
  private readonly texts = inject(TranslocoService);
  protected readonly actor = computed(() => this.actors.nameOf(this.event().actor, this.customer()));
  protected readonly payload = computed(() => JSON.stringify(this.event().data, null, 2));
  protected readonly rows = computed(() => {
    const { position, revision, stream, commandId, id, hash, previousHash } = this.event();
    return [
      { label: 'ledger.stream', value: `${stream} @ ${revision}`, short: true },
      { label: 'ledger.position', value: position, short: true },
      { label: 'ledger.command', value: commandId, short: true },
      { label: 'ledger.eventId', value: id, short: true },
      { label: 'ledger.hash', value: hash, short: false },
      { label: 'ledger.previousHash', value: previousHash, short: false },
    ];
  });

  protected copy(value: string): void {
    void navigator.clipboard.writeText(value).then(() => {
      this.toasts.done(this.texts.translate('ledger.copied'));
    });
  }
}
