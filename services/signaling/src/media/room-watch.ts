import { EventEmitter } from 'node:events';
import type { GrpcClientStream, Logger } from '@parley/common';
import type { RoomCode } from '@parley/proto';
import type { media } from '@parley/proto/grpc';
import type { MediaNode } from './media-node.ts';

const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 1_000;

type Events = {
  /** A stream is being opened; what is known now is what its state will be compared with. */
  opening: [];
  state: [media.RoomState];
  event: [media.RoomEvent];
  /** The stream broke. It is opened again by itself. */
  lost: [];
  /** It has been broken for as long as the node may be silent. Once per loss. */
  abandoned: [];
};

type RoomWatchOptions = { node: MediaNode; code: RoomCode; logger: Logger; nodeLostMs: number };

/** The events of one room on one media node, opened again with backoff whenever the stream breaks. */
export class RoomWatch extends EventEmitter<Events> {
  readonly node: MediaNode;
  readonly #code: RoomCode;
  readonly #logger: Logger;
  readonly #nodeLostMs: number;
  #stream: GrpcClientStream<media.RoomEvent> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #abandon: NodeJS.Timeout | undefined;
  #retryMs = RETRY_MIN_MS;
  #closed = false;

  constructor(options: RoomWatchOptions) {
    super();
    this.node = options.node;
    this.#code = options.code;
    this.#logger = options.logger;
    this.#nodeLostMs = options.nodeLostMs;
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#abandon);
    this.removeAllListeners();
    this.#stream?.close();
  }

  /** Listen before. */
  open(): void {
    if (this.#closed || this.#stream !== undefined || this.node.closed) return;
    this.emit('opening');
    const stream = this.node.watch(this.#code);
    this.#stream = stream;
    stream.on('message', (event) => this.#receive(event));
    stream.once('ended', (error) => this.#lose(error));
  }

  #receive(event: media.RoomEvent): void {
    if (this.#closed) return;
    if (!event.state) {
      this.emit('event', event);
      return;
    }
    this.#retryMs = RETRY_MIN_MS;
    clearTimeout(this.#abandon);
    this.#abandon = undefined;
    this.emit('state', event.state);
  }

  #lose(error: Error | undefined): void {
    this.#stream = undefined;
    if (this.#closed) return;
    this.#logger.warn({ err: error, node: this.node.id }, 'media event stream lost');
    this.#abandon ??= setTimeout(() => this.emit('abandoned'), this.#nodeLostMs).unref();
    this.#retry = setTimeout(() => this.open(), this.#retryMs).unref();
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
    this.emit('lost');
  }
}
