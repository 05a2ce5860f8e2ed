import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

/**
 * Why a piped producer ends. `unused`: nobody needs it. `producer-closed`: the producer at home was closed. `link-closed`: both ends were closed with
 * their transports.
 */
export type PipeEndCause = 'unused' | 'producer-closed' | 'link-closed';

type SentProducerEvents = { 'pause-changed': [paused: boolean] };

/** The end of a pipe at home: a pipe consumer, which takes all layers of a producer. */
export class SentProducer extends EventEmitter<SentProducerEvents> {
  readonly #consumer: types.Consumer;
  #running = true;
  #closed = false;

  /**
   * The transport may be closed before the answer is here. The worker has then closed what was made as well, and mediasoup has to learn it. The same holds
   * for `ReceivedProducer`.
   */
  static async create(producerId: ProducerId, transport: types.PipeTransport): Promise<SentProducer> {
    const consumer = await mapMediasoupErrors(transport.consume({ producerId }));
    if (!transport.closed) return new SentProducer(consumer);
    consumer.transportClosed();
    throw new ParleyError('media_unavailable');
  }

  private constructor(consumer: types.Consumer) {
    super();
    this.#consumer = consumer;
    for (const event of ['producerpause', 'producerresume'] as const)
      consumer.on(event, () => {
        if (!this.#closed) this.emit('pause-changed', this.paused);
      });
  }

  get kind(): types.MediaKind {
    return this.#consumer.kind;
  }

  /** Those of what arrives at the other end. */
  get rtpParameters(): types.RtpParameters {
    return this.#consumer.rtpParameters;
  }

  /** Whether the producer is paused. */
  get paused(): boolean {
    return this.#consumer.producerPaused;
  }

  /** Whether packets are forwarded. While nobody needs them they cost nothing. */
  setRunning(running: boolean): void {
    if (this.#closed || running === this.#running) return;
    this.#running = running;
    // An error means that the consumer was closed meanwhile, which the owner learns by itself.
    (running ? this.#consumer.resume() : this.#consumer.pause()).catch(() => undefined);
  }

  close(cause: PipeEndCause): void {
    if (this.#closed) return;
    this.#closed = true;
    this.removeAllListeners();
    // With the producer or the transport the worker has closed the consumer; to close it once more would be an error there.
    if (cause === 'unused') this.#consumer.close();
  }
}
