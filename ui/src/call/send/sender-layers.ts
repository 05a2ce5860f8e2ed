import type { types } from 'mediasoup-client';
import type { ClientLog } from '../base/log.ts';

/** An unwanted layer is still encoded for this long, because viewers often turn a page and come back. */
export const LAYER_LINGER_MS = 3000;

/**
 * Stops encoding the simulcast layers that no peer consumes. The smallest layer always runs: it costs little, and the
 * next viewer sees a picture without waiting for an encoder to start.
 */
export class SenderLayers {
  readonly #producer: types.Producer;
  readonly #log: ClientLog;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #active: number;
  #queue: Promise<void> = Promise.resolve();
  /** What each layer of this camera is; undefined for a screen. */
  #encodings: readonly types.RtpEncodingParameters[] | undefined;
  #closed = false;

  /** @param encodings Those that the producer began with, if another track may need others. */
  constructor(producer: types.Producer, log: ClientLog, encodings?: readonly types.RtpEncodingParameters[]) {
    this.#producer = producer;
    this.#log = log;
    this.#encodings = encodings;
    this.#active = Math.max(0, (producer.rtpParameters.encodings?.length ?? 1) - 1);
  }

  /** The highest layer that is encoded now. */
  get active(): number {
    return this.#active;
  }

  /** @param maxSpatialLayer The highest layer that a peer consumes. Ignored if `wanted` is false. */
  want(wanted: boolean, maxSpatialLayer: number): void {
    if (this.#closed) return;
    const target = wanted ? maxSpatialLayer : 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (target >= this.#active) this.#apply(target);
    else this.#timer = setTimeout(() => this.#apply(target), LAYER_LINGER_MS);
  }

  /** Called when the producer sends another camera, which may have another size. */
  fit(encodings: readonly types.RtpEncodingParameters[]): void {
    if (this.#closed || JSON.stringify(encodings) === JSON.stringify(this.#encodings)) return;
    this.#encodings = encodings;
    this.#queue = this.#queue.then(() => this.#setActive());
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #apply(target: number): void {
    if (target === this.#active) return;
    this.#active = target;
    this.#queue = this.#queue.then(() => this.#setActive());
  }

  /** Sets the layers directly on the RTP sender, because this change needs no new negotiation. */
  async #setActive(): Promise<void> {
    const sender = this.#producer.rtpSender;
    if (sender === undefined || this.#closed || this.#producer.closed) return;
    try {
      const parameters = sender.getParameters();
      parameters.encodings.forEach((encoding, index) => {
        const { scaleResolutionDownBy, maxBitrate, active = true } = this.#encodings?.[index] ?? {};
        encoding.active = active && index <= this.#active;
        if (scaleResolutionDownBy !== undefined)
          Object.assign(encoding, { scaleResolutionDownBy, maxBitrate });
      });
      await sender.setParameters(parameters);
    } catch (error) {
      // If a negotiation ran meanwhile, the parameters are out of date. The next change sets the layers again.
      this.#log('warn', 'layers not applied', {
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
