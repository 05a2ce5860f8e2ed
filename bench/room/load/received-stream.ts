import type { ConsumerParameters } from '@parley/proto/rtp';
import { LAYERS } from '../rates.ts';
import type { Receipt } from './commands.ts';
import { payloadBytesOf } from './packets.ts';

/** What arrives of one consumer. */
export class ReceivedStream {
  readonly consumerId: ConsumerParameters['consumerId'];
  readonly kind: ConsumerParameters['kind'];
  readonly #producerId: string;
  #packets = 0;
  #bytes = 0;
  /** Those of a picture by the layer that has their size. */
  readonly #layers = LAYERS.map(() => 0);

  constructor({ consumerId, kind, producerId }: ConsumerParameters) {
    this.consumerId = consumerId;
    this.kind = kind;
    this.#producerId = producerId;
  }

  get counts(): Omit<Receipt, 'person'> {
    const { kind } = this;
    return {
      producerId: this.#producerId,
      packets: this.#packets,
      bytes: this.#bytes,
      layers: kind === 'video' ? [...this.#layers] : [this.#packets],
    };
  }

  take(packet: Buffer): void {
    this.#packets += 1;
    this.#bytes += packet.length;
    if (this.kind === 'audio') return;
    const size = payloadBytesOf(packet);
    const layer = LAYERS.findIndex(({ payloadBytes }) => payloadBytes === size);
    if (layer !== -1) this.#layers[layer] = (this.#layers[layer] ?? 0) + 1;
  }

  begin(): void {
    this.#packets = 0;
    this.#bytes = 0;
    this.#layers.fill(0);
  }
}
