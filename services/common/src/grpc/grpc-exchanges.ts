import type { MethodDefinition } from '@grpc/grpc-js';
import type { ParleyError } from '@parley/proto/errors';
import { GrpcClientExchange, type ExchangeStream } from './grpc-client-exchange.ts';
import { toParleyError } from './grpc-errors.ts';

/** A server of an older version has no exchange. After this the client asks again: there may be another server. */
const UNARY_FOR_MS = 10_000;

export type Method = MethodDefinition<unknown, unknown>;
export type Limits = { deadline: number; traceId: string | undefined };
export type Done = (error: ParleyError | undefined, response?: unknown) => void;
/** Sends one call. `done` is called once. */
export type Send = (method: Method, request: unknown, limits: Limits, done: Done) => void;

type GrpcExchangesOptions = {
  open: () => ExchangeStream;
  /** Takes the calls of a server that has no exchange. */
  sendAlone: Send;
};

/**
 * The exchanges of one client, one at a time: the first call after the end of one opens the next. How soon the server is dialed again the
 * channel decides.
 */
export class GrpcExchanges {
  readonly #options: GrpcExchangesOptions;
  #current: GrpcClientExchange | undefined;
  /** Until then calls go alone, because the server has no exchange. */
  #unaryUntil = 0;
  #closed = false;

  constructor(options: GrpcExchangesOptions) {
    this.#options = options;
  }

  /** Calls in progress are rejected with `closed`. Further ones must not come. */
  close(): void {
    this.#closed = true;
    this.#current?.close();
  }

  readonly send: Send = (method, request, limits, done) => {
    if (Date.now() < this.#unaryUntil) {
      this.#options.sendAlone(method, request, limits, done);
      return;
    }
    const encoded = attempt(() => method.requestSerialize(request));
    if (encoded.error !== undefined) {
      done(encoded.error);
      return;
    }
    const exchange = (this.#current ??= this.#open());
    exchange.ask({
      method: method.path.slice(method.path.lastIndexOf('/') + 1),
      request: encoded.value,
      timeoutMs: limits.deadline - Date.now(),
      traceId: limits.traceId,
      done: (error, response) => {
        if (error === undefined) {
          const decoded = attempt(() => method.responseDeserialize(response));
          done(decoded.error, decoded.value);
        } else if (exchange.unimplemented && !this.#closed)
          this.#options.sendAlone(method, request, limits, done);
        else done(error);
      },
    });
  };

  #open(): GrpcClientExchange {
    const opened = new GrpcClientExchange(this.#options.open(), () => {
      this.#current = undefined;
      if (opened.unimplemented) this.#unaryUntil = Date.now() + UNARY_FOR_MS;
    });
    return opened;
  }
}

/** Encodes or decodes. What does not fit its method is `internal`, as in a call that goes alone. */
function attempt<T>(convert: () => T): { value: T; error?: never } | { value?: never; error: ParleyError } {
  try {
    return { value: convert() };
  } catch (error) {
    return { error: toParleyError(error) };
  }
}
