import {
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type MethodDefinition,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
  type sendUnaryData,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import { EXCHANGE_METHOD, GRPC_METADATA, type exchange } from '@parley/proto/grpc';
import { permissionsOf, requireTrust } from './grpc-auth.ts';
import { toGrpcStatus, toParleyError } from './grpc-errors.ts';
import { GrpcHealth } from './grpc-health.ts';
import { EXCHANGE_PAYLOAD_MAX_BYTES, SERVER_OPTIONS } from './grpc-options.ts';
import { addReflection } from './grpc-reflection.ts';
import { GrpcServerDuplex } from './grpc-server-duplex.ts';
import { GrpcServerExchange, type ExchangeMethod } from './grpc-server-exchange.ts';
import { GrpcServerStream } from './grpc-server-stream.ts';
import {
  serviceNameOf,
  type DuplexName,
  type GrpcService,
  type RequestOutput,
  type ResponseInput,
  type StreamName,
  type UnaryName,
} from './grpc-types.ts';
import type { GrpcTrust } from './grpc-trust.ts';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../service/metrics.ts';
import type { Readiness } from '../service/readiness.ts';
import { acceptTraceId } from '../logging/trace-id.ts';

export type GrpcContext = { readonly traceId: TraceId; readonly logger: Logger };

type UnaryHandler<Q, R> = (request: Q, context: GrpcContext) => R | Promise<R>;
type StreamHandler<Q, R> = (request: Q, stream: GrpcServerStream<R>, context: GrpcContext) => void;
type DuplexHandler<Q, R> = (stream: GrpcServerDuplex<Q, R>, context: GrpcContext) => void;

/** One handler per method; a missing one is a type error. */
export type GrpcHandlers<S extends GrpcService> = {
  [N in UnaryName<S>]: UnaryHandler<RequestOutput<S, N>, ResponseInput<S, N>>;
} & { [N in StreamName<S>]: StreamHandler<RequestOutput<S, N>, ResponseInput<S, N>> } & {
  [N in DuplexName<S>]: DuplexHandler<RequestOutput<S, N>, ResponseInput<S, N>>;
};

export type GrpcServerOptions = GrpcTrust & {
  host: string;
  /** 0 lets the system choose; see `port`. */
  port: number;
  logger: Logger;
  metrics: Metrics;
  /** The status that the health service gives. */
  readiness: Readiness;
};

type AnyHandler = UnaryHandler<unknown, unknown> &
  StreamHandler<unknown, unknown> &
  DuplexHandler<unknown, unknown>;
type Outcome<R> = { response: R; error: undefined } | { response?: never; error: ParleyError };
/** Begins to measure a call of a method. The returned function ends the measurement. */
type Measure = (method: string) => (code: string) => void;
type Begun = { context: GrpcContext; finish: (error: ParleyError | undefined) => void };
type AnyMethod = MethodDefinition<unknown, unknown>;
type Exchange = ServerDuplexStream<exchange.ExchangeRequest, exchange.ExchangeResponseInput>;

/**
 * Serves one service, with its health and reflection, to callers that it knows (GrpcTrust). Health needs that as well: the gateway's
 * readiness must notice that it is not known, and probes without a certificate or secret have `/readyz` of the admin server.
 */
export class GrpcServer<S extends GrpcService> {
  readonly port: number;
  readonly #server: Server;
  readonly #definition: ServiceDefinition;
  readonly #health: GrpcHealth;
  readonly #logger: Logger;
  readonly #metrics: Metrics;
  readonly #trust: GrpcTrust;
  readonly #streams = new Set<{ fail(error: unknown): void }>();
  readonly #exchanges = new Set<GrpcServerExchange>();
  /** What an exchange carries, by name. */
  readonly #exchanged = new Map<string, ExchangeMethod>();
  #closing: Promise<void> | undefined;

  private constructor(server: Server, port: number, service: S, options: GrpcServerOptions) {
    this.#server = server;
    this.port = port;
    this.#definition = service.service as ServiceDefinition;
    this.#health = new GrpcHealth(server, serviceNameOf(this.#definition), options.readiness);
    addReflection(server, this.#definition);
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#trust = options;
  }

  /**
   * Listens. `service` is the generated constructor, for example `RoomService`; call `serve` before anything else is
   * awaited. Throws when the port is taken.
   */
  static async create<S extends GrpcService>(service: S, options: GrpcServerOptions): Promise<GrpcServer<S>> {
    // grpc-js would also print its errors, as plain text between the JSON lines.
    if (process.env['GRPC_VERBOSITY'] === undefined) setLogVerbosity(logVerbosity.NONE);
    const name = serviceNameOf(service.service as ServiceDefinition);
    const server = new Server({
      ...SERVER_OPTIONS,
      interceptors: [requireTrust(options, name, options.logger)],
    });
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`${host}:${options.port}`, serverCredentials(options), (error, bound) => {
        if (error) reject(new Error(`cannot listen for gRPC on ${host}:${options.port}: ${error.message}`));
        else resolve(bound);
      });
    });
    return new GrpcServer(server, port, service, options);
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Open streams, without exchanges. */
  get streamCount(): number {
    return this.#streams.size;
  }

  /** Refuses new calls, ends streams, lets calls in progress finish for `graceMs`, then cancels them. */
  close(graceMs = 1_000): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      for (const stream of this.#streams)
        stream.fail(new ParleyError('unavailable', 'The service is stopping.'));
      for (const exchange of this.#exchanges) exchange.close();
      this.#health.close();
      const force = setTimeout(() => {
        this.#server.forceShutdown();
        resolve();
      }, graceMs);
      this.#server.tryShutdown(() => {
        clearTimeout(force);
        resolve();
      });
    });
    return this.#closing;
  }

  /** Answers the service's calls from now on. */
  serve(handlers: GrpcHandlers<S>): void {
    if (this.closed) throw new ParleyError('closed');
    const implementation: UntypedServiceImplementation = {};
    for (const [name, method] of Object.entries(this.#definition)) {
      const label = { method: methodOf(method.path) };
      if (method.responseStream) this.#metrics.grpcServerStreams.set(label, 0);
      else this.#metrics.grpcServerCallSeconds.zero({ ...label, code: 'ok' });
      if (name === EXCHANGE_METHOD) {
        implementation[name] = (call: Exchange) => this.#openExchange(call);
        continue;
      }
      const handler = (handlers as Record<string, AnyHandler>)[
        `${name.charAt(0).toLowerCase()}${name.slice(1)}`
      ];
      if (handler === undefined) throw new TypeError(`no handler for ${method.path}`);
      if (method.requestStream) implementation[name] = this.#duplexCall(handler);
      else
        implementation[name] = method.responseStream ? this.#streamCall(handler) : this.#unaryCall(handler);
      if (!method.responseStream) this.#exchanged.set(name, this.#exchangedMethod(method, handler));
    }
    this.#server.addService(this.#definition, implementation);
  }

  #unaryCall(handler: UnaryHandler<unknown, unknown>) {
    return (call: ServerUnaryCall<unknown, unknown>, sendResult: sendUnaryData<unknown>): void => {
      const traceId = call.metadata.get(GRPC_METADATA.traceId)[0];
      const begun = this.#begin(methodOf(call.getPath()), traceId, this.#timeCall);
      void answer((context) => handler(call.request, context), begun).then((outcome) => {
        if (outcome.error === undefined) sendResult(null, outcome.response);
        else sendResult(toGrpcStatus(outcome.error));
      });
    };
  }

  #openExchange(call: Exchange): void {
    const method = methodOf(call.getPath());
    const { finish } = this.#begin(method, call.metadata.get(GRPC_METADATA.traceId)[0], this.#countStream);
    const opened = new GrpcServerExchange(call, {
      methods: this.#exchanged,
      mayCall: permissionsOf(this.#trust, serviceNameOf(this.#definition), call, this.#logger),
      onEnd: (error) => {
        this.#exchanges.delete(opened);
        finish(error);
      },
    });
    this.#exchanges.add(opened);
    if (this.closed) opened.close();
  }

  #exchangedMethod(method: AnyMethod, handler: UnaryHandler<unknown, unknown>): ExchangeMethod {
    const label = methodOf(method.path);
    const encoded = async (request: Buffer, context: GrpcContext): Promise<Buffer> => {
      const response = method.responseSerialize(await handler(method.requestDeserialize(request), context));
      if (response.length > EXCHANGE_PAYLOAD_MAX_BYTES) throw new ParleyError('payload_too_large');
      return response;
    };
    return {
      path: method.path,
      answer: (request, traceId) => {
        const begun = this.#begin(label, traceId, this.#timeCall);
        return answer((context) => encoded(request, context), begun);
      },
    };
  }

  #streamCall(handler: StreamHandler<unknown, unknown>) {
    return (call: ServerWritableStream<unknown, unknown>): void => {
      const traceId = call.metadata.get(GRPC_METADATA.traceId)[0];
      const { context, finish } = this.#begin(methodOf(call.getPath()), traceId, this.#countStream);
      const stream = new GrpcServerStream(call, (error) => {
        this.#streams.delete(stream);
        finish(error);
      });
      this.#streams.add(stream);
      const opened = async (): Promise<void> => handler(call.request, stream, context);
      opened().catch((error: unknown) => stream.fail(error));
    };
  }

  #duplexCall(handler: DuplexHandler<unknown, unknown>) {
    return (call: ServerDuplexStream<unknown, unknown>): void => {
      const traceId = call.metadata.get(GRPC_METADATA.traceId)[0];
      const { context, finish } = this.#begin(methodOf(call.getPath()), traceId, this.#countStream);
      const stream = new GrpcServerDuplex(call, (error) => {
        this.#streams.delete(stream);
        finish(error);
      });
      this.#streams.add(stream);
      // With it the client knows that the stream is there, and keeps nothing for a second try.
      call.sendMetadata(new Metadata());
      try {
        handler(stream, context);
      } catch (error) {
        stream.fail(error);
      }
    };
  }

  #begin(method: string, givenTraceId: unknown, measure: Measure): Begun {
    const context = new CallContext(givenTraceId, this.#logger);
    const measured = measure(method);
    const finish = (error: ParleyError | undefined): void => {
      measured(error?.code ?? 'ok');
      if (error?.code === 'internal') context.logger.error({ method, err: error }, 'gRPC call failed');
      else if (error !== undefined) context.logger.debug({ method, code: error.code }, 'gRPC call refused');
    };
    return { context, finish };
  }

  readonly #timeCall: Measure = (method) => {
    const stopTimer = this.#metrics.grpcServerCallSeconds.startTimer({ method });
    return (code) => stopTimer({ code });
  };

  readonly #countStream: Measure = (method) => {
    this.#metrics.grpcServerStreams.inc({ method });
    return () => this.#metrics.grpcServerStreams.dec({ method });
  };
}

/** Makes the trace id and the logger when somebody asks for them: most calls write no line, and both together cost a fifth of a call. */
class CallContext implements GrpcContext {
  readonly #givenTraceId: unknown;
  readonly #parent: Logger;
  #traceId: TraceId | undefined;
  #logger: Logger | undefined;

  constructor(givenTraceId: unknown, parent: Logger) {
    this.#givenTraceId = givenTraceId;
    this.#parent = parent;
  }

  get traceId(): TraceId {
    return (this.#traceId ??= acceptTraceId(this.#givenTraceId));
  }

  get logger(): Logger {
    return (this.#logger ??= this.#parent.child({ traceId: this.traceId }));
  }
}

async function answer<R>(
  handle: (context: GrpcContext) => R | Promise<R>,
  { context, finish }: Begun,
): Promise<Outcome<R>> {
  try {
    const response = await handle(context);
    finish(undefined);
    return { response, error: undefined };
  } catch (caught) {
    const error = toParleyError(caught);
    finish(error);
    return { error };
  }
}

/** `RoomService/GetRoom` of `/parley.room.v1.RoomService/GetRoom`. */
function methodOf(path: string): string {
  return path.replace(/^\/(?:\w+\.)*/, '');
}

/** With certificates a client has to show one too; a handshake without it fails. */
function serverCredentials(trust: GrpcTrust): ServerCredentials {
  if ('secret' in trust) return ServerCredentials.createInsecure();
  const { authority, certificate, key } = trust.certificates;
  const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) };
  return ServerCredentials.createSsl(Buffer.from(authority), [pair], true);
}
