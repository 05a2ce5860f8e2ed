import {
  logVerbosity,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
  type sendUnaryData,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { ParleyError, type TraceId } from '@parley/proto';
import { GRPC_METADATA } from '@parley/proto/grpc';
import { requireTrust } from './grpc-auth.ts';
import { toGrpcStatus, toParleyError } from './grpc-errors.ts';
import { GrpcHealth } from './grpc-health.ts';
import { SERVER_OPTIONS } from './grpc-options.ts';
import { addReflection } from './grpc-reflection.ts';
import { GrpcServerStream } from './grpc-server-stream.ts';
import {
  serviceNameOf,
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

/** One handler per method; a missing one is a type error. */
export type GrpcHandlers<S extends GrpcService> = {
  [N in UnaryName<S>]: UnaryHandler<RequestOutput<S, N>, ResponseInput<S, N>>;
} & { [N in StreamName<S>]: StreamHandler<RequestOutput<S, N>, ResponseInput<S, N>> };

export type GrpcServerOptions = GrpcTrust & {
  host: string;
  /** 0 lets the system choose; see `port`. */
  port: number;
  logger: Logger;
  metrics: Metrics;
  /** The status that the health service gives. */
  readiness: Readiness;
};

type AnyHandler = UnaryHandler<unknown, unknown> & StreamHandler<unknown, unknown>;
type Outcome = { response: unknown; error: undefined } | { error: ParleyError };
/** Begins to measure a call of a method. The returned function ends the measurement. */
type Measure = (method: string) => (code: string) => void;
type Begun = { context: GrpcContext; finish: (error: ParleyError | undefined) => void };
type Call = Pick<ServerUnaryCall<unknown, unknown>, 'metadata' | 'getPath'>;

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
  readonly #streams = new Set<GrpcServerStream<unknown>>();
  #closing: Promise<void> | undefined;

  private constructor(server: Server, port: number, service: S, options: GrpcServerOptions) {
    this.#server = server;
    this.port = port;
    this.#definition = service.service as ServiceDefinition;
    this.#health = new GrpcHealth(server, serviceNameOf(this.#definition), options.readiness);
    addReflection(server, this.#definition);
    this.#logger = options.logger;
    this.#metrics = options.metrics;
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

  /** Open server streams. */
  get streamCount(): number {
    return this.#streams.size;
  }

  /** Refuses new calls, ends streams, lets calls in progress finish for `graceMs`, then cancels them. */
  close(graceMs = 1_000): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      for (const stream of this.#streams)
        stream.fail(new ParleyError('unavailable', 'The service is stopping.'));
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
      const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      const handler = (handlers as Record<string, AnyHandler>)[key];
      if (handler === undefined) throw new TypeError(`no handler for ${method.path}`);
      const label = { method: methodOf(method.path) };
      if (method.responseStream) this.#metrics.grpcServerStreams.set(label, 0);
      else this.#metrics.grpcServerCallSeconds.zero({ ...label, code: 'ok' });
      implementation[name] = method.responseStream ? this.#streamCall(handler) : this.#unaryCall(handler);
    }
    this.#server.addService(this.#definition, implementation);
  }

  #unaryCall(handler: UnaryHandler<unknown, unknown>) {
    return (call: ServerUnaryCall<unknown, unknown>, sendResult: sendUnaryData<unknown>): void => {
      const { context, finish } = this.#begin(call, this.#timeCall);
      void this.#answer(handler, call.request, context).then((outcome) => {
        finish(outcome.error);
        if (outcome.error === undefined) sendResult(null, outcome.response);
        else sendResult(toGrpcStatus(outcome.error));
      });
    };
  }

  async #answer(
    handler: UnaryHandler<unknown, unknown>,
    request: unknown,
    context: GrpcContext,
  ): Promise<Outcome> {
    try {
      return { response: await handler(request, context), error: undefined };
    } catch (error) {
      return { error: toParleyError(error) };
    }
  }

  #streamCall(handler: StreamHandler<unknown, unknown>) {
    return (call: ServerWritableStream<unknown, unknown>): void => {
      const { context, finish } = this.#begin(call, this.#countStream);
      const stream = new GrpcServerStream(call, (error) => {
        this.#streams.delete(stream);
        finish(error);
      });
      this.#streams.add(stream);
      const opened = async (): Promise<void> => handler(call.request, stream, context);
      opened().catch((error: unknown) => stream.fail(error));
    };
  }

  #begin(call: Call, measure: Measure): Begun {
    const traceId = acceptTraceId(call.metadata.get(GRPC_METADATA.traceId)[0]);
    const method = methodOf(call.getPath());
    const logger = this.#logger.child({ traceId });
    const measured = measure(method);
    const finish = (error: ParleyError | undefined): void => {
      measured(error?.code ?? 'ok');
      if (error?.code === 'internal') logger.error({ method, err: error }, 'gRPC call failed');
      else if (error !== undefined) logger.debug({ method, code: error.code }, 'gRPC call refused');
    };
    return { context: { traceId, logger }, finish };
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
