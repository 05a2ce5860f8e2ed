import { EventEmitter } from 'node:events';
import { backoffMs, type BackoffLimits } from '@parley/common/async';
import type { GrpcClientStream } from '@parley/common/grpc';
import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto/ids';
import type { media } from '@parley/proto/media-rpc';
import type { RemoteNode } from './remote-node.ts';

const RETRY: BackoffLimits = { firstMs: 100, maxMs: 1_000 };

type Events = {
  /** A stream is about to open. Its state has to be compared with the media that is known now. */
  opening: [];
  state: [media.RoomState];
  event: [media.WatchResponse];
  /** The stream broke. It is opened again automatically. */
  lost: [];
  /** It is proven that the node is gone, and with it the media. Emitted once for each loss. */
  abandoned: [];
};

type NodeWatchOptions = { node: RemoteNode; code: RoomCode; logger: Logger };

/** The events of one room on one media node, opened again with backoff whenever the stream breaks. */
export class NodeWatch extends EventEmitter<Events> {
  readonly node: RemoteNode;
  readonly #code: RoomCode;
  readonly #logger: Logger;
  #stream: GrpcClientStream<media.WatchResponse> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;

  constructor(options: NodeWatchOptions) {
    super();
    this.node = options.node;
    this.#code = options.code;
    this.#logger = options.logger;
    this.node.on('gone', this.#handleGone);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    this.node.off('gone', this.#handleGone);
    this.removeAllListeners();
    this.#stream?.close();
  }

  /** Add listeners before. */
  open(): void {
    if (this.#closed || this.#stream !== undefined || this.node.closed) return;
    this.emit('opening');
    const stream = this.node.watch(this.#code);
    this.#stream = stream;
    stream.on('message', (event) => this.#receive(event));
    stream.once('ended', (error) => this.#lose(error));
  }

  #receive(event: media.WatchResponse): void {
    if (this.#closed) return;
    if (!event.state) {
      this.emit('event', event);
      return;
    }
    this.#failures = 0;
    this.emit('state', event.state);
  }

  readonly #handleGone = (): void => {
    this.emit('abandoned');
  };

  #lose(error: Error | undefined): void {
    this.#stream = undefined;
    if (this.#closed) return;
    this.#logger.warn({ err: error, node: this.node.id }, 'media event stream lost');
    // A stream that breaks is the first sign of a node that died.
    void this.node.look();
    this.#failures += 1;
    this.#retry = setTimeout(() => this.open(), backoffMs(this.#failures, RETRY)).unref();
    this.emit('lost');
  }
}
