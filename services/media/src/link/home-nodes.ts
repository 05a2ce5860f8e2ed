import { GrpcClient, type GrpcClientOptions } from '@parley/common/grpc';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import { MediaService } from '@parley/proto/media-rpc';
import { asHomeError, parseFoundProducer, type FoundProducer } from './link-messages.ts';
import type { LinkCall } from './link-to-home.ts';

/** A connection that nothing needs is closed after this time. */
const IDLE_MS = 60_000;
/** With the pipe that follows it is less than what signaling waits for all items of its request. */
const FIND_TIMEOUT_MS = 1_500;
/** More media nodes than one system has. */
const NODES_MAX = 256;

/** Where other media nodes have their producers. */
export interface Homes {
  /** Rejects with `producer_not_found` or `media_unavailable`. */
  find(address: string, roomId: string, producerId: ProducerId): Promise<FoundProducer>;
  /** Opens the stream of a link. Throws `media_unavailable`. */
  open(address: string): LinkCall;
}

type HomeNode = { client: GrpcClient<typeof MediaService>; uses: number; timer: NodeJS.Timeout | undefined };

/** The other media nodes whose producers are consumed here, each with one connection. */
export class HomeNodes implements Homes {
  readonly #options: GrpcClientOptions;
  readonly #nodes = new Map<string, HomeNode>();
  readonly #idleMs: number;
  #closed = false;

  constructor(options: GrpcClientOptions, idleMs = IDLE_MS) {
    this.#options = options;
    this.#idleMs = idleMs;
  }

  get size(): number {
    return this.#nodes.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { client, timer } of this.#nodes.values()) {
      clearTimeout(timer);
      client.close();
    }
    this.#nodes.clear();
  }

  async find(address: string, roomId: string, producerId: ProducerId): Promise<FoundProducer> {
    const node = this.#use(address);
    try {
      // Alone: only signaling may open an exchange.
      const options = { alone: true, timeoutMs: FIND_TIMEOUT_MS };
      return parseFoundProducer(await node.client.call('findProducer', { roomId, producerId }, options));
    } catch (error) {
      throw asHomeError(error);
    } finally {
      this.#release(address, node);
    }
  }

  open(address: string): LinkCall {
    const node = this.#use(address);
    const call = node.client.duplex('link');
    call.once('ended', () => this.#release(address, node));
    return call;
  }

  #use(address: string): HomeNode {
    if (this.#closed) throw new ParleyError('closed');
    const node = this.#nodes.get(address) ?? this.#connect(address);
    clearTimeout(node.timer);
    node.uses += 1;
    return node;
  }

  #connect(address: string): HomeNode {
    if (this.#nodes.size >= NODES_MAX) throw new ParleyError('media_unavailable');
    const client = GrpcClient.create(MediaService, address, this.#options);
    const node: HomeNode = { client, uses: 0, timer: undefined };
    this.#nodes.set(address, node);
    return node;
  }

  #release(address: string, node: HomeNode): void {
    node.uses -= 1;
    if (this.#closed || node.uses > 0) return;
    node.timer = setTimeout(() => {
      this.#nodes.delete(address);
      node.client.close();
    }, this.#idleMs).unref();
  }
}
