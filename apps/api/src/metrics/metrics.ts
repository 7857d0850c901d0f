import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Parts } from '../health/parts.js';

/** Everything that a monitoring system reads from the api. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();

  constructor(@Inject(Parts) parts: Parts) {
    collectDefaultMetrics({ register: this.#registry });
    const lag = new Gauge({
      name: 'ledgerdesk_projection_lag_seconds',
      help: 'Seconds since a projection that is behind the newest event has moved; 0 when it is not behind.',
      labelNames: ['projection'],
      registers: [this.#registry],
    });
    new Gauge({
      name: 'ledgerdesk_projection_parked_streams',
      help: 'Streams that a projection has set aside because it could not apply one of their events.',
      labelNames: ['projection'],
      registers: [this.#registry],
      collect: async function (this: Gauge<'projection'>) {
        for (const [projection, { seconds, parkedStreams }] of await parts.lag()) {
          lag.set({ projection }, seconds);
          this.set({ projection }, parkedStreams);
        }
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}
