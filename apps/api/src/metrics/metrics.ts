import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Parts } from '../health/parts.js';
import { CommandDurations } from './command-durations.js';

/** Everything that a monitoring system reads from the api. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();
  readonly #lag = gauge(
    'ledgerdesk_projection_lag_seconds',
    'Seconds since a projection that is behind the newest event has moved; 0 when it is not behind.',
    ['projection'],
  );
  readonly #parked = gauge(
    'ledgerdesk_projection_parked_streams',
    'Streams that a projection has set aside because it could not apply one of their events.',
    ['projection'],
  );
  readonly #queued = gauge(
    'ledgerdesk_queue_depth',
    'Jobs that wait for a worker or are with one; NaN without Redis.',
    [],
  );

  constructor(
    @Inject(Parts) private readonly parts: Parts,
    @Inject(CommandDurations) durations: CommandDurations,
  ) {
    collectDefaultMetrics({ register: this.#registry });
    for (const metric of [this.#lag, this.#parked, this.#queued, durations.histogram]) {
      this.#registry.registerMetric<string>(metric);
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    const [lag, depth] = await Promise.all([this.parts.lag(), this.parts.queueDepth()]);
    for (const [projection, { seconds, parkedStreams }] of lag) {
      this.#lag.set({ projection }, seconds);
      this.#parked.set({ projection }, parkedStreams);
    }
    this.#queued.set(depth);
    return this.#registry.metrics();
  }
}

function gauge(name: string, help: string, labelNames: string[]): Gauge {
  return new Gauge({ name, help, labelNames, registers: [] });
}
