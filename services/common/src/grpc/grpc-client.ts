import {
  connectivityState,
  credentials,
  Metadata,
  type CallOptions,
  type Client,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto';
import { GRPC_METADATA } from '@parley/proto/grpc';
import { bearer } from './grpc-auth.ts';
import { GrpcClientStream } from './grpc-client-stream.ts';
import { fromGrpcError } from './grpc-errors.ts';
import { CLIENT_OPTIONS } from './grpc-options.ts';
import type { GrpcService, RequestInput, ResponseOutput, StreamName, UnaryName } from './grpc-types.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../service/metrics.ts';

const DEFAULT_TIMEOUT_MS = 5_000;

export type GrpcClientOptions = {
  secret: string;
  logger: Logger;
  metrics: Metrics;
  /** How long a call may take, connecting included. 5 s where absent. */
  timeoutMs?: number;
};

export type GrpcCallOptions = { traceId?: string | undefined; timeoutMs?: number | undefined };

type UnaryMethod = (
  request: unknown,
  metadata: Metadata,
  options: CallOptions,
  callback: (error: ServiceError | null, response: unknown) => void,
) => ClientUnaryCall;
type StreamMethod = (request: unknown, metadata: Metadata) => ClientReadableStream<unknown>;

/** Calls one instance of a service. Connects at the first call and again whenever the connection is lost. */
export class GrpcClient<S extends GrpcService> {
  readonly address: string;
  readonly #client: Client;
  readonly #serviceName: string;
  readonly #authorization: string;
  readonly #metrics: Metrics;
  readonly #logger: Logger;
  readonly #timeoutMs: number;
  readonly #calls = new Set<ClientUnaryCall>();
  readonly #streams = new Set<GrpcClientStream<unknown>>();
  #closed = false;

  private constructor(service: S, address: string, options: GrpcClientOptions) {
    this.address = address;
    this.#client = new service(address, credentials.createInsecure(), CLIENT_OPTIONS);
    this.#serviceName = serviceNameOf(service);
    this.#authorization = bearer(options.secret);
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** `address` is `host:port`. */
  static create<S extends GrpcService>(
    service: S,
    address: string,
    options: GrpcClientOptions,
  ): GrpcClient<S> {
    return new GrpcClient(service, address, options);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether a connection stands now. */
  get connected(): boolean {
    return !this.#closed && this.#client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** Calls in progress are rejected with `closed`, streams end. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stream of this.#streams) stream.close();
    for (const call of this.#calls) call.cancel();
    this.#client.close();
  }

  /** Rejects with ParleyError: the server's own code, `unavailable`, `timeout`, or `closed`. */
  call<N extends UnaryName<S>>(
    name: N,
    request: RequestInput<S, N>,
    options: GrpcCallOptions = {},
  ): Promise<ResponseOutput<S, N>> {
    if (this.#closed) return Promise.reject(new ParleyError('closed'));
    const deadline = Date.now() + (options.timeoutMs ?? this.#timeoutMs);
    const stopTimer = this.#startTimer(name);
    const method = this.#method<UnaryMethod>(name);
    return new Promise((resolve, reject) => {
      const call = method(request, this.#metadata(options), { deadline }, (error, response) => {
        this.#calls.delete(call);
        if (error === null) {
          stopTimer({ code: 'ok' });
          resolve(response as ResponseOutput<S, N>);
        } else {
          const known = this.#closed ? new ParleyError('closed') : fromGrpcError(error);
          stopTimer({ code: known.code });
          this.#logFailure(name, known, options);
          reject(known);
        }
      });
      this.#calls.add(call);
    });
  }

  /** Opens a server stream. It has no deadline: it lives until either side ends it. */
  stream<N extends StreamName<S>>(
    name: N,
    request: RequestInput<S, N>,
    options: Pick<GrpcCallOptions, 'traceId'> = {},
  ): GrpcClientStream<ResponseOutput<S, N>> {
    if (this.#closed) throw new ParleyError('closed');
    const call = this.#method<StreamMethod>(name)(request, this.#metadata(options));
    const stream = new GrpcClientStream(call as ClientReadableStream<ResponseOutput<S, N>>);
    const entry = stream as GrpcClientStream<unknown>;
    this.#streams.add(entry);
    stream.once('ended', (error) => {
      this.#streams.delete(entry);
      if (error !== undefined) this.#logFailure(name, error, options);
    });
    return stream;
  }

  #method<M>(name: string): M {
    const method = (this.#client as unknown as Record<string, (...given: unknown[]) => unknown>)[name];
    if (method === undefined) throw new TypeError(`no method ${this.#serviceName}/${name}`);
    return method.bind(this.#client) as M;
  }

  #metadata(options: GrpcCallOptions): Metadata {
    const metadata = new Metadata();
    metadata.set(GRPC_METADATA.authorization, this.#authorization);
    if (options.traceId !== undefined) metadata.set(GRPC_METADATA.traceId, options.traceId);
    return metadata;
  }

  #startTimer(name: string): (labels: { code: string }) => number {
    return this.#metrics.grpcClientCallSeconds.startTimer({ method: this.#label(name) });
  }

  #logFailure(name: string, error: ParleyError, options: GrpcCallOptions): void {
    const fields = {
      method: this.#label(name),
      address: this.address,
      code: error.code,
      traceId: options.traceId,
    };
    this.#logger.debug({ ...fields, cause: error.cause }, 'gRPC call failed');
  }

  #label(name: string): string {
    return `${this.#serviceName}/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  }
}

/** `RoomService` of `/parley.room.v1.RoomService/GetRoom`. */
function serviceNameOf(service: GrpcService): string {
  const [first] = Object.values(service.service as ServiceDefinition);
  return first?.path.split('/')[1]?.split('.').pop() ?? 'unknown';
}
