import { Metadata, status as grpcStatus, type ServerDuplexStream } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import type { exchange } from '@parley/proto/grpc';
import { GrpcBatch } from './grpc-batch.ts';
import { toFailure, toGrpcStatus } from './grpc-errors.ts';
import { EXCHANGE_CALLS_MAX } from './grpc-options.ts';

/** An answer costs about this much besides its response. */
const ANSWER_OVERHEAD_BYTES = 16;
/** More than a client has in progress: a call that the client gave up counts until its handler ends. */
const UNFINISHED_MAX = 2 * EXCHANGE_CALLS_MAX;
/** What a timer can wait. */
const TIMEOUT_MAX_MS = 2 ** 31 - 1;

export type ExchangeOutcome =
  | { response: Buffer; error: undefined }
  | { response?: never; error: ParleyError };

/** A unary method, as an exchange calls it. Never rejects. */
export type ExchangeMethod = {
  readonly path: string;
  readonly answer: (request: Buffer, traceId: string) => Promise<ExchangeOutcome>;
};

type GrpcServerExchangeOptions = {
  /** The methods of the service by name. */
  methods: ReadonlyMap<string, ExchangeMethod>;
  /** Whether the caller of this exchange may call the method with this path. */
  mayCall: (path: string) => boolean;
  /** Called once, with the error if the exchange failed. */
  onEnd: (error: ParleyError | undefined) => void;
};

type Stream = ServerDuplexStream<exchange.ExchangeRequest, exchange.ExchangeResponseInput>;

/** The server's side of one exchange. Each call is checked, carried out and answered by itself. */
export class GrpcServerExchange {
  readonly #stream: Stream;
  readonly #options: GrpcServerExchangeOptions;
  /** The calls whose answer the client waits for, with the timers of their deadlines. */
  readonly #calls = new Map<number, NodeJS.Timeout>();
  readonly #batch: GrpcBatch<exchange.AnswerInput>;
  /** Handlers that have not ended. */
  #unfinished = 0;
  #closing = false;
  #ended = false;

  constructor(stream: Stream, options: GrpcServerExchangeOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#batch = new GrpcBatch({ write: (answers) => this.#write(answers) });
    stream.on('data', ({ calls }: exchange.ExchangeRequest) => this.#receive(calls));
    stream.on('drain', () => this.#handleDrained());
    stream.once('end', () => this.close());
    stream.once('cancelled', () => this.#end(undefined));
    stream.once('close', () => this.#end(undefined));
    stream.once('error', () => this.#end(undefined));
    // Metadata tell the client that the exchange is there, so that it keeps nothing for a second try.
    stream.sendMetadata(new Metadata());
  }

  /** Answers the calls in progress, refuses new ones, then ends. */
  close(): void {
    if (this.#closing || this.#ended) return;
    this.#closing = true;
    this.#endIfIdle();
  }

  #receive(calls: readonly exchange.Call[]): void {
    for (const call of calls) {
      if (this.#ended) return;
      if (call.cancelled) this.#forget(call.number);
      else this.#begin(call);
    }
  }

  #begin(call: exchange.Call): void {
    if (this.#calls.has(call.number)) {
      this.#fail(new ParleyError('invalid_request', 'Two calls of an exchange have the same number.'));
      return;
    }
    const method = this.#options.methods.get(call.method);
    const failure = this.#refusalOf(method, call.method);
    if (method === undefined || failure !== undefined) {
      this.#answer(call.number, { failure }, 0);
      return;
    }
    const timer = setTimeout(() => this.#expire(call.number), Math.min(call.timeoutMs, TIMEOUT_MAX_MS));
    this.#calls.set(call.number, timer);
    this.#unfinished += 1;
    void method.answer(call.request, call.traceId).then((outcome) => {
      this.#unfinished -= 1;
      // The number may belong to a later call by now.
      if (this.#calls.get(call.number) !== timer) return;
      this.#forget(call.number, outcome);
    });
  }

  #refusalOf(method: ExchangeMethod | undefined, name: string): exchange.FailureInput | undefined {
    if (method === undefined)
      return { status: grpcStatus.UNIMPLEMENTED, message: `No unary method ${name.slice(0, 64)}.` };
    if (!this.#options.mayCall(method.path)) return toFailure(new ParleyError('forbidden'));
    if (this.#closing) return toFailure(new ParleyError('unavailable', 'The service is stopping.'));
    if (this.#unfinished >= UNFINISHED_MAX)
      return toFailure(new ParleyError('unavailable', 'Too many calls are in progress.'));
    return undefined;
  }

  #expire(number: number): void {
    this.#forget(number, { error: new ParleyError('timeout') });
  }

  /** Without an outcome the call gets no answer. Its handler goes on, as that of a call alone does. */
  #forget(number: number, outcome?: ExchangeOutcome): void {
    clearTimeout(this.#calls.get(number));
    if (this.#calls.delete(number) && outcome !== undefined) {
      if (outcome.error === undefined)
        this.#answer(number, { response: outcome.response }, outcome.response.length);
      else this.#answer(number, { failure: toFailure(outcome.error) }, outcome.error.message.length);
    }
    this.#endIfIdle();
  }

  #answer(number: number, outcome: Pick<exchange.AnswerInput, 'response' | 'failure'>, bytes: number): void {
    this.#batch.add({ number, ...outcome }, bytes + ANSWER_OVERHEAD_BYTES);
  }

  /** No further call is read while the client does not read its answers. */
  #write(answers: readonly exchange.AnswerInput[]): boolean {
    const more = this.#stream.write({ answers: [...answers] });
    if (!more) this.#stream.pause();
    return more;
  }

  #handleDrained(): void {
    this.#stream.resume();
    this.#batch.resume({ drained: true });
  }

  #endIfIdle(): void {
    if (!this.#closing || this.#ended || this.#calls.size > 0) return;
    this.#batch.whenEmpty(() => {
      this.#stream.end();
      this.#end(undefined);
    });
  }

  #fail(error: ParleyError): void {
    this.#end(error);
    // grpc-js takes the status of a stream from its `error` event.
    this.#stream.emit('error', toGrpcStatus(error));
  }

  #end(error: ParleyError | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#calls.values()) clearTimeout(timer);
    this.#calls.clear();
    this.#batch.close();
    this.#options.onEnd(error);
  }
}
