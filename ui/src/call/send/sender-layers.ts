import type { types } from 'mediasoup-client';
import type { ClientLog } from '../base/log.ts';

/** An unwanted layer is still encoded for this long, because viewers often turn a page and come back. */
export const LAYER_LINGER_MS = 3000;

/** After a refusal the layers are set again this much later, up to `LAYER_RETRIES_MAX` times. A negotiation is over by then. */
export const LAYER_RETRY_MS = 1000;
export const LAYER_RETRIES_MAX = 5;

/** Below the smallest layer: nothing is encoded. */
const NONE = -1;

/**
 * Stops encoding the layers that no peer consumes. If nobody consumes any, the sender rests: the track stays live and
 * nothing of it is encoded, until somebody consumes it again.
 */
export class SenderLayers {
  readonly #producer: types.Producer;
  readonly #log: ClientLog;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The highest layer that is wanted. */
  #wanted: number;
  #limit = Number.POSITIVE_INFINITY;
  #isHeld = false;
  #queue: Promise<void> = Promise.resolve();
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #retries = 0;
  /** What each layer of this camera is; undefined for a screen. */
  #encodings: readonly types.RtpEncodingParameters[] | undefined;
  #closed = false;

  /** @param encodings Those that the producer began with, if another track may need others. */
  constructor(producer: types.Producer, log: ClientLog, encodings?: readonly types.RtpEncodingParameters[]) {
    this.#producer = producer;
    this.#log = log;
    this.#encodings = encodings;
    this.#wanted = Math.max(0, (producer.rtpParameters.encodings?.length ?? 1) - 1);
  }

  /** The highest layer that may be encoded now; -1: none. */
  get active(): number {
    return Math.min(this.#wanted, this.#limit, this.#isHeld ? 0 : Number.POSITIVE_INFINITY);
  }

  /** The highest layer that is encoded now, of those that the camera has; -1: none. */
  get running(): number {
    return Math.min(this.active, this.#top);
  }

  /** Whether nothing is sent, because nobody watches. */
  get isResting(): boolean {
    return this.active === NONE;
  }

  /** @param maxSpatialLayer The highest layer that a peer consumes. Ignored if `wanted` is false. */
  want(wanted: boolean, maxSpatialLayer: number): void {
    if (this.#closed) return;
    const target = wanted ? maxSpatialLayer : NONE;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (target >= this.#wanted) this.#apply(target);
    else this.#timer = setTimeout(() => this.#apply(target), LAYER_LINGER_MS);
  }

  /** @param layer The highest layer that this computer keeps up with; null: any. */
  limit(layer: number | null): void {
    const limit = layer ?? Number.POSITIVE_INFINITY;
    if (this.#closed || limit === this.#limit) return;
    this.#limit = limit;
    this.#change();
  }

  /** While held, only the smallest layer is encoded, because the same picture is sent elsewhere as well. */
  hold(held: boolean): void {
    if (this.#closed || held === this.#isHeld) return;
    this.#isHeld = held;
    this.#change();
  }

  /** Called when the producer sends another camera, which may have another size. */
  fit(encodings: readonly types.RtpEncodingParameters[]): void {
    if (this.#closed || JSON.stringify(encodings) === JSON.stringify(this.#encodings)) return;
    this.#encodings = encodings;
    this.#change();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stopRetry();
  }

  get #top(): number {
    const encodings = this.#encodings ?? this.#producer.rtpParameters.encodings ?? [];
    return Math.max(
      0,
      encodings.findLastIndex(({ active = true }) => active),
    );
  }

  #apply(target: number): void {
    if (target === this.#wanted) return;
    this.#wanted = target;
    this.#change();
  }

  #change(): void {
    this.#retries = 0;
    this.#enqueue();
  }

  #enqueue(): void {
    this.#stopRetry();
    this.#queue = this.#queue.then(() => this.#setActive());
  }

  #stopRetry(): void {
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }

  /** Without this, a sender that was refused when somebody began to watch would rest until somebody wants another layer. */
  #retryLater(): void {
    if (this.#closed || this.#retries >= LAYER_RETRIES_MAX) return;
    this.#retries += 1;
    this.#stopRetry();
    this.#retryTimer = setTimeout(() => this.#enqueue(), LAYER_RETRY_MS);
  }

  /** Sets the layers directly on the RTP sender, because this change needs no new negotiation. */
  async #setActive(): Promise<void> {
    const sender = this.#producer.rtpSender;
    if (sender === undefined || this.#closed || this.#producer.closed) return;
    try {
      const parameters = sender.getParameters();
      parameters.encodings.forEach((encoding, index) => {
        const { scaleResolutionDownBy, maxBitrate, active = true } = this.#encodings?.[index] ?? {};
        encoding.active = active && index <= this.active;
        if (scaleResolutionDownBy !== undefined)
          Object.assign(encoding, { scaleResolutionDownBy, maxBitrate });
      });
      await sender.setParameters(parameters);
    } catch (error) {
      // If a negotiation ran meanwhile, the parameters are out of date.
      this.#log('warn', 'layers not applied', {
        message: error instanceof Error ? error.message : String(error),
      });
      this.#retryLater();
    }
  }
}
