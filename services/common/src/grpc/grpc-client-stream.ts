import { EventEmitter } from 'node:events';
import { status as grpcStatus, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js';
import type { ParleyError } from '@parley/proto/errors';
import { fromGrpcError } from './grpc-errors.ts';

type Events<T> = {
  message: [T];
  /** Comes once, after the last message. The error is undefined if the server ended the stream in order or `close()` was called. */
  ended: [ParleyError | undefined];
};

/** The receiving side of one server stream. Add listeners before anything is awaited. */
export class GrpcClientStream<T> extends EventEmitter<Events<T>> {
  readonly #call: ClientReadableStream<T>;
  #closed = false;

  constructor(call: ClientReadableStream<T>) {
    super();
    this.#call = call;
    call.on('data', (message: T) => {
      if (!this.#closed) this.emit('message', message);
    });
    call.on('error', (error: ServiceError) => this.#end(fromGrpcError(error)));
    call.on('status', (status) => {
      if (status.code === grpcStatus.OK) this.#end(undefined);
      else this.#end(fromGrpcError(status));
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#end(undefined);
    this.#call.cancel();
  }

  #end(error: ParleyError | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('ended', error);
    this.removeAllListeners();
  }
}
