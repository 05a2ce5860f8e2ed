import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';

/**
 * Why a piped producer ends. `unused`: nobody needs it. `producer-closed`: the producer at home was closed. `link-closed`: both ends were closed with
 * their transports.
 */
export type PipeEndCause = 'unused' | 'producer-closed' | 'link-closed';

/**
 * A producer of one router on another one, under the same id: a pipe consumer at home, which takes all layers, and a producer there. Requests of key
 * frames travel back through the workers; pauses of the producer at home are repeated here.
 */
export class PipedProducer {
  readonly #consumer: types.Consumer;
  readonly #producer: types.Producer;
  #running = true;
  #closed = false;

  static async create(
    producerId: ProducerId,
    from: types.PipeTransport,
    to: types.PipeTransport,
  ): Promise<PipedProducer> {
    const consumer = await consumeFor(producerId, from);
    try {
      return new PipedProducer(consumer, await produceFor(producerId, consumer, to));
    } catch (error) {
      consumer.close();
      throw error;
    }
  }

  private constructor(consumer: types.Consumer, producer: types.Producer) {
    this.#consumer = consumer;
    this.#producer = producer;
    for (const event of ['producerpause', 'producerresume'] as const) {
      consumer.on(event, () => this.#repeatPause());
    }
    if (consumer.producerPaused !== producer.paused) this.#repeatPause();
  }

  /** Whether packets are forwarded. While nobody needs them they cost nothing. */
  setRunning(running: boolean): void {
    if (this.#closed || running === this.#running) return;
    this.#running = running;
    // An error means that one end was closed meanwhile, which the owner learns by itself.
    (running ? this.#consumer.resume() : this.#consumer.pause()).catch(() => undefined);
  }

  close(cause: PipeEndCause): void {
    if (this.#closed) return;
    this.#closed = true;
    if (cause === 'link-closed') return;
    this.#producer.close();
    // With the producer at home the worker has closed the consumer; to close it once more would be an error there.
    if (cause === 'unused') this.#consumer.close();
  }

  #repeatPause(): void {
    if (this.#closed) return;
    const { producerPaused } = this.#consumer;
    (producerPaused ? this.#producer.pause() : this.#producer.resume()).catch(() => undefined);
  }
}

/*
 * A transport may be closed before the answer about what it makes is here. The worker has then closed what was made as well, and mediasoup has to learn
 * it.
 */

async function consumeFor(producerId: ProducerId, from: types.PipeTransport): Promise<types.Consumer> {
  const consumer = await mapMediasoupErrors(from.consume({ producerId }));
  if (!from.closed) return consumer;
  consumer.transportClosed();
  throw new ParleyError('media_unavailable');
}

async function produceFor(
  id: ProducerId,
  { kind, rtpParameters, producerPaused: paused }: types.Consumer,
  to: types.PipeTransport,
): Promise<types.Producer> {
  const producer = await mapMediasoupErrors(to.produce({ id, kind, rtpParameters, paused }));
  if (!to.closed) return producer;
  producer.transportClosed();
  producer.emit('@close');
  throw new ParleyError('media_unavailable');
}
