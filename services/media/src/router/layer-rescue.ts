import type { types } from 'mediasoup';

/** Longer than a layer switch with its key frame takes, shorter than people take to say "you are frozen". */
export const RESCUE_AFTER_MS = 1_500;
/** A downlink too short for any layer looks the same, and a rescue does not help: each try waits twice as long. */
const DOUBLINGS_MAX = 4;

/** The part of mediasoup's consumer that a rescue uses. */
export type RescuableConsumer = Pick<
  types.Consumer,
  'closed' | 'type' | 'producerPaused' | 'currentLayers' | 'score' | 'pause' | 'resume'
> & { on(event: 'layerschange' | 'score' | 'producerresume', listener: () => void): unknown };

/**
 * Brings a consumer of several layers back when it forwards none although the sender sends some.
 *
 * mediasoup 3.27.1 chooses a layer again only at certain events: the first sender report of a layer, a layer that
 * dies or comes back, a new preference. With capture times, which the router no longer offers (see media-codecs.ts),
 * a consumer could wait for ever. Without them, one consumer in four calls of four people still forwarded nothing for
 * longer than `RESCUE_AFTER_MS` while all layers arrived. To pause and resume the consumer makes mediasoup choose,
 * and interrupts nothing, because nothing is forwarded.
 */
export class LayerRescue {
  readonly #consumer: RescuableConsumer;
  readonly #isPaused: () => boolean;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;
  #closed = false;

  /**
   * `isPaused` says whether the peer wants the consumer paused, also when that request has not reached the worker
   * yet.
   */
  constructor(consumer: RescuableConsumer, isPaused: () => boolean, afterMs = RESCUE_AFTER_MS) {
    this.#consumer = consumer;
    this.#isPaused = isPaused;
    this.#afterMs = afterMs;
    if (consumer.type === 'simple') return;
    for (const event of ['layerschange', 'score', 'producerresume'] as const) {
      consumer.on(event, () => this.look());
    }
  }

  /** Starts or ends the wait, as the consumer is now. Call it when the consumer was paused or resumed. */
  look(): void {
    if (!this.#isStarving()) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#tries = 0;
    } else {
      const delayMs = this.#afterMs * 2 ** Math.min(this.#tries, DOUBLINGS_MAX);
      this.#timer ??= setTimeout(() => void this.#rescue(), delayMs).unref();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #isStarving(): boolean {
    const { closed, type, producerPaused, currentLayers, score } = this.#consumer;
    if (this.#closed || closed || type === 'simple' || producerPaused || this.#isPaused()) return false;
    return currentLayers === undefined && score.producerScores.some((layer) => layer > 0);
  }

  async #rescue(): Promise<void> {
    this.#timer = undefined;
    if (!this.#isStarving()) return;
    this.#tries += 1;
    try {
      // In one turn, so that no other pause comes between: the worker handles requests in their order.
      await Promise.all([this.#consumer.pause(), this.#consumer.resume()]);
    } catch {
      // The consumer was closed meanwhile, or its worker died: there is nothing to rescue.
    }
    this.look();
  }
}
