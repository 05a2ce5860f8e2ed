import type { types } from 'mediasoup';
import type { Polled } from './stats-poller.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import { StreamTotals } from './stream-totals.ts';

/** Counts the streams of one producer in the metrics. */
export class ProducerStats implements Polled {
  readonly #producer: types.Producer;
  readonly #metrics: StreamMetrics;
  readonly #totals = new StreamTotals();
  #readWhilePaused = false;

  constructor(producer: types.Producer, metrics: StreamMetrics) {
    this.#producer = producer;
    this.#metrics = metrics;
  }

  get closed(): boolean {
    return this.#producer.closed;
  }

  get idle(): boolean {
    return this.#producer.paused && this.#readWhilePaused;
  }

  async read(): Promise<void> {
    const { kind, paused } = this.#producer;
    const stats = await this.#producer.getStats();
    this.#readWhilePaused = paused;
    this.#metrics.streamsCounted(kind, 'in', this.#totals.advance(stats));
  }
}
