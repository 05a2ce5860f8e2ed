import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';
import type { PipeEndCause } from './sent-producer.ts';

/** What is received under the id that the producer has at home. */
export type ReceivedStream = {
  id: ProducerId;
  kind: types.MediaKind;
  rtpParameters: types.RtpParameters;
  paused: boolean;
};

/** The other end of a pipe: a producer with the id of that at home. Requests of key frames travel back through the workers. */
export class ReceivedProducer {
  readonly #producer: types.Producer;
  #paused: boolean;
  #closed = false;

  static async create(stream: ReceivedStream, transport: types.PipeTransport): Promise<ReceivedProducer> {
    const producer = await mapMediasoupErrors(transport.produce(stream));
    if (!transport.closed) return new ReceivedProducer(producer);
    producer.transportClosed();
    producer.emit('@close');
    throw new ParleyError('media_unavailable');
  }

  private constructor(producer: types.Producer) {
    this.#producer = producer;
    this.#paused = producer.paused;
  }

  /** Repeats a pause of the producer at home. */
  setPaused(paused: boolean): void {
    if (this.#closed || paused === this.#paused) return;
    this.#paused = paused;
    // An error means that the producer was closed meanwhile, which the owner learns by itself.
    (paused ? this.#producer.pause() : this.#producer.resume()).catch(() => undefined);
  }

  close(cause: PipeEndCause): void {
    if (this.#closed) return;
    this.#closed = true;
    if (cause !== 'link-closed') this.#producer.close();
  }
}
