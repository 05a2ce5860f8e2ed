import type { PreferredLayers } from '@parley/proto/rtp';
import type { types } from 'mediasoup';

/** After a downlink became too short for a layer, a better one is not tried for this long. */
export const REST_MS = 15_000;
/** Of heavy loss that was soon over. */
export const BURST_REST_MS = 10_000;
/** Heavy loss that is there so long after it made the picture small is more than a burst. */
export const BURST_MS = 5_000;
/** Then so long after the last sign of it: senders take about ten seconds to send everything again. */
export const LOSS_REST_MS = 30_000;
/** A better layer that lasted this long was no mistake. */
export const PROVEN_MS = 30_000;
/** After a better layer did not last, the next rest takes twice as long. */
const DOUBLINGS_MAX = 3;

/** Of 10. A loss of a twentieth leaves 10, one of a fifth brings 8 after a second, and less later. */
const LOSSY_SCORE = 8;
/** One bad report is no heavy loss. */
export const LOSSY_FOR_MS = 1_000;

/** The part of mediasoup's consumer that a rest uses. */
export type RestingConsumer = Pick<
  types.Consumer,
  'type' | 'currentLayers' | 'preferredLayers' | 'score' | 'setPreferredLayers'
> & { on(event: 'layerschange' | 'score', listener: () => void): unknown };

/**
 * Keeps a picture at the layer to which a bad network has lowered it. Left alone, the worker tries the next better one again and again, and people see a
 * picture that becomes sharp and blurred in turns. Each try that fails makes the next rest longer. Under heavy loss, on the way to the node or from it, a
 * rest begins before the estimates of bandwidth have followed, which takes them up to a quarter of a minute.
 */
export class LayerRest {
  readonly #consumer: RestingConsumer;
  #wanted: PreferredLayers | undefined;
  #current: number | undefined;
  /** The highest layer during a rest. */
  #limit: number | undefined;
  #cause: 'downlink' | 'loss' = 'downlink';
  #begunAt = 0;
  #lengthMs = REST_MS;
  #end: NodeJS.Timeout | undefined;
  #liftedAt = -Infinity;
  #doublings = 0;
  /** Whether the score has been good: one that begins is bad for a moment. */
  #wasGood = false;
  #lossy: NodeJS.Timeout | undefined;

  constructor(consumer: RestingConsumer) {
    this.#consumer = consumer;
    this.#wanted = consumer.preferredLayers;
    this.#current = consumer.currentLayers?.spatialLayer;
    if (consumer.type === 'simple') return;
    consumer.on('layerschange', () => this.#lookAtLayers());
    consumer.on('score', () => this.#lookAtScore());
  }

  /** What the peer wants, whether or not there is a rest. The sender goes on with it, so that a rest can end at any time. */
  get wanted(): PreferredLayers | undefined {
    return this.#wanted;
  }

  /** Rejects as mediasoup does. */
  prefer(layers: PreferredLayers): Promise<void> {
    this.#wanted = layers;
    return this.#apply();
  }

  close(): void {
    clearTimeout(this.#end);
    clearTimeout(this.#lossy);
  }

  #lookAtLayers(): void {
    const { currentLayers, preferredLayers, score } = this.#consumer;
    const [before, now] = [this.#current, currentLayers?.spatialLayer];
    this.#current = now;
    if (before === undefined || now === undefined || now >= before) return;
    const isAsWanted = now >= (preferredLayers?.spatialLayer ?? 0);
    // A layer that its sender has ended is not missing because of the downlink.
    const isSent = (score.producerScores[before] ?? 0) > 0;
    if (!isAsWanted && isSent) this.#begin(now, 'downlink');
  }

  get #isLossy(): boolean {
    const { score, producerScore } = this.#consumer.score;
    return Math.min(score, producerScore) <= LOSSY_SCORE;
  }

  #lookAtScore(): void {
    const isLossy = this.#isLossy;
    if (!isLossy) {
      clearTimeout(this.#lossy);
      this.#lossy = undefined;
      this.#wasGood = true;
    } else if (this.#limit !== undefined) this.#prolong();
    else if (this.#wasGood) this.#lossy ??= setTimeout(() => this.#yield(), LOSSY_FOR_MS).unref();
  }

  /** Gives way to heavy loss. */
  #yield(): void {
    this.#lossy = undefined;
    if (this.#isLossy && this.#limit === undefined && (this.#current ?? 0) > 0) this.#begin(0, 'loss');
  }

  #begin(limit: number, cause: 'downlink' | 'loss'): void {
    if (this.#limit === undefined) {
      const isAgain = performance.now() - this.#liftedAt < PROVEN_MS;
      this.#doublings = isAgain ? Math.min(DOUBLINGS_MAX, this.#doublings + 1) : 0;
      this.#cause = cause;
      this.#begunAt = performance.now();
      this.#lengthMs = cause === 'loss' ? BURST_REST_MS : REST_MS;
    }
    this.#limit = limit;
    this.#arm();
    this.#applyUnasked();
  }

  /** A rest because of loss lasts until the loss has been over for a while. */
  #prolong(): void {
    if (this.#cause !== 'loss' || performance.now() - this.#begunAt < BURST_MS) return;
    this.#lengthMs = LOSS_REST_MS;
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#lift(), this.#lengthMs * 2 ** this.#doublings).unref();
  }

  #lift(): void {
    if (this.#cause === 'loss' && this.#isLossy) return this.#prolong();
    this.#limit = undefined;
    this.#liftedAt = performance.now();
    this.#applyUnasked();
  }

  /** An error means that the consumer was closed meanwhile, or its worker died. */
  #applyUnasked(): void {
    this.#apply().catch(() => undefined);
  }

  async #apply(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined) return;
    const spatialLayer = Math.min(wanted.spatialLayer, this.#limit ?? Infinity);
    await this.#consumer.setPreferredLayers({ ...wanted, spatialLayer });
  }
}
