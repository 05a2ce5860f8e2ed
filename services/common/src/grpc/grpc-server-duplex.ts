import { EventEmitter } from 'node:events';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ParleyError } from '@parley/proto/errors';
import { GrpcServerStream } from './grpc-server-stream.ts';

type Events<Q> = { message: [Q]; closed: [] };

/**
 * The server's end of one stream with messages in both directions. Add listeners before anything is awaited. Emits `closed` once, when either side
 * ends it: when the client has no more to say, nothing more is said to it.
 */
export class GrpcServerDuplex<Q, R> extends EventEmitter<Events<Q>> {
  readonly #stream: GrpcServerStream<R>;

  constructor(call: ServerDuplexStream<Q, R>, onEnd: (error: ParleyError | undefined) => void) {
    super();
    this.#stream = new GrpcServerStream(call, onEnd);
    this.#stream.once('closed', () => {
      this.emit('closed');
      this.removeAllListeners();
    });
    call.on('data', (message: Q) => {
      if (!this.closed) this.emit('message', message);
    });
    call.once('end', () => this.end());
  }

  get closed(): boolean {
    return this.#stream.closed;
  }

  /** Ends the stream in order. */
  end(): void {
    this.#stream.end();
  }

  /** Ends the stream with an error. The client receives its code. */
  fail(error: unknown): void {
    this.#stream.fail(error);
  }

  write(message: R): void {
    this.#stream.write(message);
  }
}
