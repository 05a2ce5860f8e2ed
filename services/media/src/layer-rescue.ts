import type { types } from 'mediasoup';

/** Longer than a layer switch with its key frame takes; shorter than a person waits before they say "you are frozen". */
export const RESCUE_AFTER_MS = 1_500;

/**
 * Brings a consumer of several layers back when it forwards none although the sender sends some.
 *
 * mediasoup 3.27.1 looks for a layer again only at certain events: the first sender report of a layer, a layer that
 * dies or comes back, a new wish. A layer becomes usable one packet after its third report or so, when its capture time
 * is known, and that is no such event. If the reference layer dies before (the sender ran short, or we asked it to stop
 * that layer), nothing ever makes the consumer choose again. Pausing and resuming does; nothing is forwarded anyway.
 */
export class LayerRescue {
  readonly #consumer: types.Consumer;
  readonly #isPaused: () => boolean;
  readonly #afterMs: number;
  #timer: NodeJS.Timeout | undefined;
  #rescues = 0;
  #closed = false;

  /** `isPaused`: whether its peer wants it paused, a wish on its way to the worker included. */
  constructor(consumer: types.Consumer, isPaused: () => boolean, afterMs = RESCUE_AFTER_MS) {
    this.#consumer = consumer;
    this.#isPaused = isPaused;
    this.#afterMs = afterMs;
    if (consumer.type === 'simple') return;
    for (const event of ['layerschange', 'score', 'producerresume'] as const) {
      consumer.on(event, () => this.look());
    }
  }

  /** How often it had to. */
  get rescues(): number {
    return this.#rescues;
  }

  /** Starts or ends the watch, as the consumer is now. Call it when the consumer was paused or resumed. */
  look(): void {
    if (!this.#isStarving()) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else {
      this.#timer ??= setTimeout(() => void this.#rescue(), this.#afterMs).unref();
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
    this.#rescues += 1;
    try {
      // In one turn, so that nobody's pause comes between: the worker handles them in this order.
      await Promise.all([this.#consumer.pause(), this.#consumer.resume()]);
    } catch {
      // It was closed meanwhile, or its worker died: then there is nothing to rescue.
    }
    this.look();
  }
}
