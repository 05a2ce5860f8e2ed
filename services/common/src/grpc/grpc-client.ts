import {
  connectivityState,
  credentials,
  Metadata,
  type ChannelCredentials,
  type Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import { EXCHANGE_METHOD, GRPC_ACCESS, GRPC_METADATA } from '@parley/proto/grpc';
import { service as healthService } from 'grpc-health-check';
import { bearer } from './grpc-auth.ts';
import { GrpcClientDuplex } from './grpc-client-duplex.ts';
import type { ExchangeStream } from './grpc-client-exchange.ts';
import { GrpcClientStream } from './grpc-client-stream.ts';
import { fromGrpcError } from './grpc-errors.ts';
import { GrpcExchanges, type Done, type Limits, type Method, type Send } from './grpc-exchanges.ts';
import { CLIENT_OPTIONS } from './grpc-options.ts';
import type { GrpcTrust } from './grpc-trust.ts';
import {
  serviceNameOf,
  type DuplexName,
  type GrpcService,
  type RequestInput,
  type ResponseOutput,
  type StreamName,
  type UnaryName,
} from './grpc-types.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../service/metrics.ts';

const DEFAULT_TIMEOUT_MS = 5_000;
const HEALTH_CHECK = healthService['Check'] as Method;

export type GrpcClientOptions = GrpcTrust & {
  logger: Logger;
  metrics: Metrics;
  /** How long a call may take, connecting included. 5 s where absent. */
  timeoutMs?: number;
};

type HealthResponse = { status: string };

export type GrpcCallOptions = {
  traceId?: string | undefined;
  timeoutMs?: number | undefined;
  /** The call goes alone, so that nothing that is said on the exchange of this client holds it up. */
  alone?: boolean | undefined;
};

type StreamMethod = (request: unknown, metadata: Metadata) => ClientReadableStream<unknown>;
type DuplexMethod = (metadata: Metadata) => ClientDuplexStream<unknown, unknown>;

/** Calls one instance of a service. Connects at the first call, and again after the connection was lost. */
export class GrpcClient<S extends GrpcService> {
  readonly address: string;
  readonly #client: Client;
  readonly #serviceName: string;
  readonly #methods: Readonly<Record<string, Method>>;
  /** Sent with each call where there are no certificates. */
  readonly #authorization: string | undefined;
  readonly #metrics: Metrics;
  readonly #logger: Logger;
  readonly #timeoutMs: number;
  readonly #calls = new Set<ClientUnaryCall>();
  readonly #streams = new Set<GrpcClientStream<unknown>>();
  /** Undefined if the service has none. */
  readonly #exchanges: GrpcExchanges | undefined;
  #closed = false;

  private constructor(service: S, address: string, options: GrpcClientOptions) {
    this.address = address;
    this.#methods = service.service as ServiceDefinition;
    const name = serviceNameOf(service.service as ServiceDefinition);
    this.#client = new service(address, channelCredentials(options), {
      ...CLIENT_OPTIONS,
      // A registry may be wrong: the server at the address must prove to be this service.
      ...('certificates' in options && { 'grpc.ssl_target_name_override': GRPC_ACCESS[name]?.server ?? '' }),
    });
    // `RoomService` of `parley.room.v1.RoomService`.
    this.#serviceName = name.replace(/^.*\./, '');
    this.#authorization = 'secret' in options ? bearer(options.secret) : undefined;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const exchange = this.#methods[EXCHANGE_METHOD];
    if (exchange !== undefined)
      this.#exchanges = new GrpcExchanges({
        open: () => this.#openExchange(exchange),
        sendAlone: this.#sendAlone,
      });
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

  /** Whether the client is connected now. */
  get connected(): boolean {
    return !this.#closed && this.#client.getChannel().getConnectivityState(false) === connectivityState.READY;
  }

  /** Calls in progress are rejected with `closed`, streams end. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const stream of this.#streams) stream.close();
    this.#exchanges?.close();
    for (const call of this.#calls) call.cancel();
    this.#client.close();
  }

  /**
   * Goes over the exchange of this client, if the service has one. Rejects with ParleyError: the server's own code, `unavailable`,
   * `timeout`, or `closed`.
   */
  call<N extends UnaryName<S>>(
    name: N,
    request: RequestInput<S, N>,
    options: GrpcCallOptions = {},
  ): Promise<ResponseOutput<S, N>> {
    const method = this.#methods[capitalized(name)];
    if (method === undefined) throw new TypeError(`no method ${this.#label(name)}`);
    const send = (options.alone ? undefined : this.#exchanges?.send) ?? this.#sendAlone;
    return this.#begin(this.#label(name), options, (limits, done) => send(method, request, limits, done));
  }

  /**
   * Whether the service says over grpc.health.v1 that it is ready to work. Rejects as `call` does when there is no
   * answer or the secret is refused.
   */
  async isServing(options: GrpcCallOptions = {}): Promise<boolean> {
    const { status } = await this.#begin<HealthResponse>('Health/Check', options, (limits, done) =>
      this.#sendAlone(HEALTH_CHECK, { service: '' }, limits, done),
    );
    return status === 'SERVING';
  }

  #begin<R>(label: string, options: GrpcCallOptions, send: (limits: Limits, done: Done) => void): Promise<R> {
    if (this.#closed) return Promise.reject(new ParleyError('closed'));
    const deadline = Date.now() + (options.timeoutMs ?? this.#timeoutMs);
    const stopTimer = this.#metrics.grpcClientCallSeconds.startTimer({ method: label });
    return new Promise((resolve, reject) => {
      send({ deadline, traceId: options.traceId }, (error, response) => {
        if (error === undefined) {
          stopTimer({ code: 'ok' });
          resolve(response as R);
          return;
        }
        const known = this.#closed ? new ParleyError('closed') : error;
        stopTimer({ code: known.code });
        this.#logFailure(label, known, options);
        reject(known);
      });
    });
  }

  readonly #sendAlone: Send = (method, request, { deadline, traceId }, done) => {
    const { path, requestSerialize, responseDeserialize } = method;
    const answered = (error: ServiceError | null, response: unknown): void => {
      this.#calls.delete(call);
      if (error === null) done(undefined, response);
      else done(fromGrpcError(error));
    };
    const call = this.#client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      this.#metadata(traceId),
      { deadline },
      answered,
    );
    this.#calls.add(call);
  };

  /** Opens the stream of an exchange, which has no deadline. */
  #openExchange(method: Method): ExchangeStream {
    const { path, requestSerialize, responseDeserialize } = method;
    const metadata = this.#metadata(undefined);
    return this.#client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      metadata,
    ) as ExchangeStream;
  }

  /** Opens a server stream. A stream has no deadline: it lives until either side ends it. */
  stream<N extends StreamName<S>>(
    name: N,
    request: RequestInput<S, N>,
    options: Pick<GrpcCallOptions, 'traceId'> = {},
  ): GrpcClientStream<ResponseOutput<S, N>> {
    if (this.#closed) throw new ParleyError('closed');
    const call = this.#method<StreamMethod>(name)(request, this.#metadata(options.traceId));
    const stream = new GrpcClientStream(call as ClientReadableStream<ResponseOutput<S, N>>);
    this.#track(stream, name, options);
    return stream;
  }

  /** Opens a stream with messages in both directions. It has no deadline either. */
  duplex<N extends DuplexName<S>>(
    name: N,
    options: Pick<GrpcCallOptions, 'traceId'> = {},
  ): GrpcClientDuplex<RequestInput<S, N>, ResponseOutput<S, N>> {
    if (this.#closed) throw new ParleyError('closed');
    const call = this.#method<DuplexMethod>(name)(this.#metadata(options.traceId));
    const stream = new GrpcClientDuplex(call as ClientDuplexStream<RequestInput<S, N>, ResponseOutput<S, N>>);
    this.#track(stream, name, options);
    return stream;
  }

  #track(stream: GrpcClientStream<unknown>, name: string, options: GrpcCallOptions): void {
    this.#streams.add(stream);
    stream.once('ended', (error) => {
      this.#streams.delete(stream);
      if (error !== undefined) this.#logFailure(this.#label(name), error, options);
    });
  }

  #method<M>(name: string): M {
    const method = (this.#client as unknown as Record<string, (...given: unknown[]) => unknown>)[name];
    if (method === undefined) throw new TypeError(`no method ${this.#serviceName}/${name}`);
    return method.bind(this.#client) as M;
  }

  #metadata(traceId: string | undefined): Metadata {
    const metadata = new Metadata();
    if (this.#authorization !== undefined) metadata.set(GRPC_METADATA.authorization, this.#authorization);
    if (traceId !== undefined) metadata.set(GRPC_METADATA.traceId, traceId);
    return metadata;
  }

  #logFailure(method: string, error: ParleyError, options: GrpcCallOptions): void {
    const fields = {
      method,
      address: this.address,
      code: error.code,
      traceId: options.traceId,
    };
    this.#logger.debug({ ...fields, cause: error.cause }, 'gRPC call failed');
  }

  #label(name: string): string {
    return `${this.#serviceName}/${capitalized(name)}`;
  }
}

/** `GetRoom` of `getRoom`. */
function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function channelCredentials(trust: GrpcTrust): ChannelCredentials {
  if ('secret' in trust) return credentials.createInsecure();
  const { authority, certificate, key } = trust.certificates;
  return credentials.createSsl(Buffer.from(authority), Buffer.from(key), Buffer.from(certificate));
}
