import type { types } from 'mediasoup';

/** Longer than a layer switch with its key frame takes; shorter than a person waits before they say "you are frozen". */
export const RESCUE_AFTER_MS = 1_500;
/** A downlink too short for any layer looks the same and cannot be helped this way: each try waits twice as long. */
const DOUBLINGS_MAX = 4;

/** What it looks at and does to mediasoup's consumer. */
export type RescuableConsumer = Pick<
  types.Consumer,
  'closed' | 'type' | 'producerPaused' | 'currentLayers' | 'score' | 'pause' | 'resume'
> & { on(event: 'layerschange' | 'score' | 'producerresume', listener: () => void): unknown };

/**
 * Brings a consumer of several layers back when it forwards none although the sender sends some.
 *
 * mediasoup 3.27.1 looks for a layer again only at certain events: the first sender report of a layer, a layer that
 * dies or comes back, a new wish. With capture times, which are not offered any more (see media-codecs.ts), it could wait
 * for ever. Without them it was still seen, once in four calls of four people, to forward nothing for longer than this
 * waits while all layers came. Pausing and resuming makes it choose; nothing is forwarded anyway.
 */
export class LayerRescue {
  readonly #consumer: RescuableConsumer;
  readonly #isPaused: () => boolean;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;
  #closed = false;

  /** `isPaused`: whether its peer wants it paused, a wish on its way to the worker included. */
  constructor(consumer: RescuableConsumer, isPaused: () => boolean, afterMs = RESCUE_AFTER_MS) {
    this.#consumer = consumer;
    this.#isPaused = isPaused;
    this.#afterMs = afterMs;
    if (consumer.type === 'simple') return;
    for (const event of ['layerschange', 'score', 'producerresume'] as const) {
      consumer.on(event, () => this.look());
    }
  }

  /** Starts or ends the watch, as the consumer is now. Call it when the consumer was paused or resumed. */
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
      // In one turn, so that nobody's pause comes between: the worker handles them in this order.
      await Promise.all([this.#consumer.pause(), this.#consumer.resume()]);
    } catch {
      // It was closed meanwhile, or its worker died: then there is nothing to rescue.
    }
    this.look();
  }
}
