import type { ProducerId } from '@parley/proto/ids';
import type { RemotePeer } from '../nodes/remote-peer.ts';

/** Until the client has opened its media elsewhere. */
const OPENED_WITHIN_MS = 10_000;
/** After that, until everybody receives what the client sends from there. */
const CARRIED_WITHIN_MS = 8_000;

/**
 * The media of a peer on a node that it leaves. It carries on until the new media carries everything, or until something must become
 * silent. No verb reaches it but those that end something.
 */
export class FormerMedia {
  readonly producerIds: readonly ProducerId[];
  readonly #media: RemotePeer;
  readonly #onOver: () => void;
  #timer: NodeJS.Timeout;
  #closed = false;

  /** @param onOver Its time is over, and it is being released. */
  constructor(media: RemotePeer, producerIds: readonly ProducerId[], onOver: () => void) {
    this.#media = media;
    this.producerIds = producerIds;
    this.#onOver = onOver;
    this.#timer = this.#expireIn(OPENED_WITHIN_MS);
  }

  /** The client has opened its media elsewhere. */
  opened(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = this.#expireIn(CARRIED_WITHIN_MS);
  }

  /** Resolves when the node has closed it, or when the node does not answer: then it is closed later. Never rejects. */
  async close(): Promise<void> {
    if (!this.#end()) return;
    await this.#media.close().catch(() => this.#media.release());
  }

  /** Ends one producer. Rejects if the node does not do so. */
  async endProducer(producerId: ProducerId): Promise<void> {
    if (!this.#closed) await this.#media.closeProducer(producerId);
  }

  release(): void {
    if (this.#end()) this.#media.release();
  }

  /** Returns false if it is closed already. */
  #end(): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    clearTimeout(this.#timer);
    return true;
  }

  #expireIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.release();
      this.#onOver();
    }, ms).unref();
  }
}
