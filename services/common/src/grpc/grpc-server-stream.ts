import { EventEmitter } from 'node:events';
import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import { toGrpcStatus, toParleyError } from './grpc-errors.ts';

/** The stream of a reader that is this far behind is ended; the reader opens a new one and gets the whole state. */
const BACKLOG_MAX_MESSAGES = 4096;

type Events = { closed: [] };
type Call<T> = ServerWritableStream<unknown, T> | ServerDuplexStream<unknown, T>;

/** The sending side of one server stream. Emits `closed` once, when either side ends it. After that `write` does nothing. */
export class GrpcServerStream<T> extends EventEmitter<Events> {
  readonly #call: Call<T>;
  readonly #onEnd: (error: ParleyError | undefined) => void;
  #closed = false;

  constructor(call: Call<T>, onEnd: (error: ParleyError | undefined) => void) {
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

  /** Ends the stream in order. */
  end(): void {
    if (this.#closed) return;
    this.#call.end();
    this.#close(undefined);
  }

  /** Ends the stream with an error. The reader receives its code. */
  fail(error: unknown): void {
    if (this.#closed) return;
    const known = toParleyError(error);
    this.#close(known);
    // grpc-js takes the status of a stream from its `error` event.
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
