import type { ClientDuplexStream } from '@grpc/grpc-js';
import { GrpcClientStream } from './grpc-client-stream.ts';

/** A server that is this far behind is not listening any more. */
const BACKLOG_MAX_MESSAGES = 4096;

/** The client's end of one stream with messages in both directions. Add listeners before anything is awaited. */
export class GrpcClientDuplex<Q, R> extends GrpcClientStream<R> {
  readonly #call: ClientDuplexStream<Q, R>;

  constructor(call: ClientDuplexStream<Q, R>) {
    super(call);
    this.#call = call;
  }

  /** Does nothing after the end. The stream of a server that is too slow ends with `unavailable`. */
  write(message: Q): void {
    if (this.closed) return;
    if (this.#call.writableLength >= BACKLOG_MAX_MESSAGES) this.#call.cancel();
    else this.#call.write(message);
  }
}
