import type { types } from 'mediasoup';
import type { Polled } from './stats-poller.ts';
import type { PipeReach, StreamMetrics } from './stream-metrics.ts';
import { StreamTotals } from './stream-totals.ts';

/** Counts what one pipe forwards to another router. */
export class PipeStats implements Polled {
  readonly #consumer: types.Consumer;
  readonly #reach: PipeReach;
  readonly #metrics: StreamMetrics;
  readonly #totals = new StreamTotals();
  #readWhilePaused = false;

  /** @param consumer The end of the pipe at home. */
  constructor(consumer: types.Consumer, reach: PipeReach, metrics: StreamMetrics) {
    this.#consumer = consumer;
    this.#reach = reach;
    this.#metrics = metrics;
  }

  get closed(): boolean {
    return this.#consumer.closed;
  }

  get idle(): boolean {
    return this.#paused && this.#readWhilePaused;
  }

  async read(): Promise<void> {
    const paused = this.#paused;
    const stats = await this.#consumer.getStats();
    this.#readWhilePaused = paused;
    const sent = stats.filter((stream) => stream.type === 'outbound-rtp');
    this.#metrics.pipeCounted(this.#consumer.kind, this.#reach, this.#totals.advance(sent));
    if (paused || this.#reach === 'local') return;
    for (const { roundTripTime } of sent) if (roundTripTime) this.#metrics.linkMeasured(roundTripTime / 1000);
  }

  get #paused(): boolean {
    return this.#consumer.paused || this.#consumer.producerPaused;
  }
}
