import type { types } from 'mediasoup';
import type { Polled } from './stats-poller.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import { StreamTotals } from './stream-totals.ts';

type SentStream = types.RtpStreamSendStats;

/** Counts the stream of one consumer in the metrics, with its score and its round trip. */
export class ConsumerStats implements Polled {
  readonly #consumer: types.Consumer;
  readonly #metrics: StreamMetrics;
  readonly #totals = new StreamTotals();
  #readWhilePaused = false;

  constructor(consumer: types.Consumer, metrics: StreamMetrics) {
    this.#consumer = consumer;
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
    // The statistics of the producer's stream are among them. ProducerStats counts those.
    const sent = (await this.#consumer.getStats()).filter(isSent);
    this.#readWhilePaused = paused;
    const { kind, score } = this.#consumer;
    this.#metrics.streamsCounted(kind, 'out', this.#totals.advance(sent));
    if (paused) return;
    this.#metrics.consumerScored(kind, score.score);
    for (const { roundTripTime } of sent) {
      if (roundTripTime) this.#metrics.roundTripMeasured(roundTripTime / 1000);
    }
  }

  get #paused(): boolean {
    return this.#consumer.paused || this.#consumer.producerPaused;
  }
}

function isSent(stats: types.RtpStreamSendStats | types.RtpStreamRecvStats): stats is SentStream {
  return stats.type === 'outbound-rtp';
}
