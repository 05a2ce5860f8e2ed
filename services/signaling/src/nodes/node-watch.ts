import { EventEmitter } from 'node:events';
import { backoffMs, type BackoffLimits } from '@parley/common/async';
import type { GrpcClientStream } from '@parley/common/grpc';
import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto';
import type { media } from '@parley/proto/grpc';
import type { RemoteNode } from './remote-node.ts';

const RETRY: BackoffLimits = { firstMs: 100, maxMs: 1_000 };

type Events = {
  /** A stream is about to open. Its state has to be compared with the media that is known now. */
  opening: [];
  state: [media.RoomState];
  event: [media.WatchResponse];
  /** The stream broke. It is opened again automatically. */
  lost: [];
  /** The stream was broken, or the node did not answer, for `nodeLostMs`. Emitted once for each loss. */
  abandoned: [];
};

type NodeWatchOptions = { node: RemoteNode; code: RoomCode; logger: Logger; nodeLostMs: number };

/** The events of one room on one media node, opened again with backoff whenever the stream breaks. */
export class NodeWatch extends EventEmitter<Events> {
  readonly node: RemoteNode;
  readonly #code: RoomCode;
  readonly #logger: Logger;
  readonly #nodeLostMs: number;
  #stream: GrpcClientStream<media.WatchResponse> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #abandon: NodeJS.Timeout | undefined;
  #failures = 0;
  /** The stream is open and the state of the room has arrived. */
  #standing = false;
  #closed = false;

  constructor(options: NodeWatchOptions) {
    super();
    this.node = options.node;
    this.#code = options.code;
    this.#logger = options.logger;
    this.#nodeLostMs = options.nodeLostMs;
    this.node.on('unanswered', this.#handleUnanswered);
    this.node.on('answered', this.#handleAnswered);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#abandon);
    this.node.off('unanswered', this.#handleUnanswered);
    this.node.off('answered', this.#handleAnswered);
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
    this.#standing ||= event.state !== undefined && event.state !== null;
    this.#handleAnswered();
    if (!event.state) {
      this.emit('event', event);
      return;
    }
    this.#failures = 0;
    this.emit('state', event.state);
  }

  /** If a node vanishes silently, the stream breaks only when the keepalive of the connection notices, much later. */
  readonly #handleUnanswered = (): void => {
    this.#abandon ??= setTimeout(() => this.emit('abandoned'), this.#nodeLostMs).unref();
  };

  readonly #handleAnswered = (): void => {
    if (!this.#standing) return;
    clearTimeout(this.#abandon);
    this.#abandon = undefined;
  };

  #lose(error: Error | undefined): void {
    this.#stream = undefined;
    this.#standing = false;
    if (this.#closed) return;
    this.#logger.warn({ err: error, node: this.node.id }, 'media event stream lost');
    this.#handleUnanswered();
    this.#failures += 1;
    this.#retry = setTimeout(() => this.open(), backoffMs(this.#failures, RETRY)).unref();
    this.emit('lost');
  }
}
