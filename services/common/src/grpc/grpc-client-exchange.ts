import { status as grpcStatus, type ClientDuplexStream, type StatusObject } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import type { exchange } from '@parley/proto/grpc';
import { GrpcBatch } from './grpc-batch.ts';
import { fromFailure, fromGrpcError } from './grpc-errors.ts';
import { EXCHANGE_CALLS_MAX, EXCHANGE_PAYLOAD_MAX_BYTES } from './grpc-options.ts';

/** A call on an exchange costs about this much besides its request. */
const CALL_OVERHEAD_BYTES = 96;

export type ExchangeStream = ClientDuplexStream<exchange.ExchangeRequestInput, exchange.ExchangeResponse>;

export type ExchangeDone = (error: ParleyError | undefined, response: Buffer) => void;

type ExchangeCall = {
  method: string;
  request: Buffer;
  timeoutMs: number;
  traceId: string | undefined;
  done: ExchangeDone;
};

/** A call that has no answer yet, or the cancellation of one. */
type Sending = { number: number; call: (ExchangeCall & { deadline: number }) | undefined };
type Pending = { sending: Sending; timer: NodeJS.Timeout; done: ExchangeDone };

const NOTHING = Buffer.alloc(0);

/** The client's side of one exchange. It ends once, and the calls that it carries then fail as calls on a broken connection do. */
export class GrpcClientExchange {
  readonly #stream: ExchangeStream;
  readonly #onEnd: () => void;
  readonly #pending = new Map<number, Pending>();
  readonly #batch: GrpcBatch<Sending>;
  /** Calls that were written and wait for their answer. */
  #written = 0;
  #lastNumber = 0;
  #ended = false;
  #unimplemented = false;

  /** `onEnd` is called before the calls in progress fail, so that what they cause opens another exchange. */
  constructor(stream: ExchangeStream, onEnd: () => void) {
    this.#stream = stream;
    this.#onEnd = onEnd;
    this.#batch = new GrpcBatch({
      write: (items) => this.#write(items),
      room: () => Math.max(0, EXCHANGE_CALLS_MAX - this.#written),
    });
    stream.on('data', ({ answers }: exchange.ExchangeResponse) => this.#receive(answers));
    stream.on('drain', () => this.#batch.resume({ drained: true }));
    stream.on('error', (error) => this.#handleStatus(error as unknown as StatusObject));
    stream.on('status', (status: StatusObject) => this.#handleStatus(status));
  }

  /** The server has no exchange. It took none of the calls. */
  get unimplemented(): boolean {
    return this.#unimplemented;
  }

  /** Calls in progress are rejected with `closed`. */
  close(): void {
    if (this.#ended) return;
    this.#end(() => new ParleyError('closed'));
    this.#stream.cancel();
  }

  /** `done` is called once, later. */
  ask(call: ExchangeCall): void {
    if (call.request.length > EXCHANGE_PAYLOAD_MAX_BYTES) {
      process.nextTick(call.done, new ParleyError('payload_too_large'), NOTHING);
      return;
    }
    const number = this.#nextNumber();
    const sending = { number, call: { ...call, deadline: performance.now() + call.timeoutMs } };
    const timer = setTimeout(() => this.#expire(number), call.timeoutMs);
    this.#pending.set(number, { sending, timer, done: call.done });
    this.#batch.add(sending, call.request.length + CALL_OVERHEAD_BYTES);
  }

  #nextNumber(): number {
    do this.#lastNumber = (this.#lastNumber + 1) >>> 0;
    while (this.#pending.has(this.#lastNumber));
    return this.#lastNumber;
  }

  #write(items: readonly Sending[]): boolean {
    const now = performance.now();
    const calls = items.map(({ number, call }): exchange.CallInput => {
      if (call === undefined) return { number, cancelled: true };
      this.#written += 1;
      const timeoutMs = Math.max(1, Math.ceil(call.deadline - now));
      return { number, method: call.method, request: call.request, timeoutMs, traceId: call.traceId ?? '' };
    });
    return this.#stream.write({ calls });
  }

  #receive(answers: readonly exchange.Answer[]): void {
    for (const { number, response, failure } of answers) {
      const done = this.#take(number)?.done;
      if (failure) done?.(fromFailure(failure), NOTHING);
      else done?.(undefined, response ?? NOTHING);
    }
  }

  /** A call that is not written yet never is. The server is asked to give up one that it has. */
  #expire(number: number): void {
    const pending = this.#take(number);
    if (pending === undefined) return;
    if (!pending.unwritten) this.#batch.add({ number, call: undefined }, CALL_OVERHEAD_BYTES);
    pending.done(new ParleyError('timeout'), NOTHING);
  }

  #take(number: number): (Pending & { unwritten: boolean }) | undefined {
    const pending = this.#pending.get(number);
    // The answer to a call that was given up meanwhile.
    if (pending === undefined) return undefined;
    this.#pending.delete(number);
    clearTimeout(pending.timer);
    const unwritten = this.#batch.remove(pending.sending);
    if (!unwritten) {
      this.#written -= 1;
      this.#batch.resume({ drained: false });
    }
    return { ...pending, unwritten };
  }

  #handleStatus(status: StatusObject): void {
    if (this.#ended) return;
    const inOrder = status.code === grpcStatus.OK;
    this.#unimplemented = status.code === grpcStatus.UNIMPLEMENTED;
    this.#end(() => (inOrder ? new ParleyError('unavailable') : fromGrpcError(status)));
  }

  #end(errorOf: () => ParleyError): void {
    this.#ended = true;
    this.#batch.close();
    this.#onEnd();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { timer, done } of pending) {
      clearTimeout(timer);
      done(errorOf(), NOTHING);
    }
  }
}
