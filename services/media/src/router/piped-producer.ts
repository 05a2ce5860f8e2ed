import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { ReceivedProducer } from './received-producer.ts';
import { SentProducer, type PipeEndCause } from './sent-producer.ts';

/** A producer of one router on another one of this node, under the same id. Pauses of the producer at home are repeated there. */
export class PipedProducer {
  readonly #sent: SentProducer;
  readonly #received: ReceivedProducer;

  static async create(
    producerId: ProducerId,
    from: types.PipeTransport,
    to: types.PipeTransport,
  ): Promise<PipedProducer> {
    const sent = await SentProducer.create(producerId, from);
    try {
      const { kind, rtpParameters, paused } = sent;
      return new PipedProducer(
        sent,
        await ReceivedProducer.create({ id: producerId, kind, rtpParameters, paused }, to),
      );
    } catch (error) {
      sent.close('unused');
      throw error;
    }
  }

  private constructor(sent: SentProducer, received: ReceivedProducer) {
    this.#sent = sent;
    this.#received = received;
    sent.on('pause-changed', (paused) => received.setPaused(paused));
    received.setPaused(sent.paused);
  }

  /** Whether packets are forwarded. While nobody needs them they cost nothing. */
  setRunning(running: boolean): void {
    this.#sent.setRunning(running);
  }

  close(cause: PipeEndCause): void {
    this.#received.close(cause);
    this.#sent.close(cause);
  }
}
