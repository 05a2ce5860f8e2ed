import { EventEmitter } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto';
import { toGrpcStatus, toParleyError } from './grpc-errors.ts';

/** A reader that is this far behind is cut off; it begins again with a fresh state. */
const BACKLOG_MAX_MESSAGES = 4096;

type Events = { closed: [] };

/** The sending side of one server stream. Emits `closed` once, whoever ended it. Writing after that does nothing. */
export class GrpcServerStream<T> extends EventEmitter<Events> {
  readonly #call: ServerWritableStream<unknown, T>;
  readonly #onEnd: (error: ParleyError | undefined) => void;
  #closed = false;

  constructor(call: ServerWritableStream<unknown, T>, onEnd: (error: ParleyError | undefined) => void) {
    super();
    this.#call = call;
    this.#onEnd = onEnd;
    call.once('cancelled', () => this.#close(undefined));
    call.once('close', () => this.#close(undefined));
    call.once('error', (error: unknown) => this.#close(toParleyError(error)));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends it well. */
  end(): void {
    if (this.#closed) return;
    this.#call.end();
    this.#close(undefined);
  }

  /** Ends it with an error, which the reader gets with its code. */
  fail(error: unknown): void {
    if (this.#closed) return;
    const known = toParleyError(error);
    this.#close(known);
    // This is how grpc-js is told a stream's status.
    this.#call.emit('error', toGrpcStatus(known));
  }

  write(message: T): void {
    if (this.#closed) return;
    if (this.#call.writableLength >= BACKLOG_MAX_MESSAGES)
      this.fail(new ParleyError('unavailable', 'The reader is too slow.'));
    else this.#call.write(message);
  }

  #close(error: ParleyError | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onEnd(error);
    this.emit('closed');
    this.removeAllListeners();
  }
}
