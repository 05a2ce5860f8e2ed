import type {
  ChannelCredentials,
  ChannelOptions,
  Client,
  ClientReadableStream,
  ServiceDefinition,
} from '@grpc/grpc-js';
import type { EXCHANGE_METHOD } from '@parley/proto/grpc';

/** A generated client constructor with its service definition, such as `MediaService` of @parley/proto/grpc. */
export type GrpcService = {
  new (address: string, credentials: ChannelCredentials, options?: ChannelOptions): Client;
  readonly service: object;
};

type Definition<S extends GrpcService> = S['service'];

/**
 * The generated definitions extend an index signature; these are only the named keys. Without the exchange: nobody calls it, because
 * it carries the calls.
 */
type NamedKeys<T> = keyof {
  [
    K in keyof T as string extends K
      ? never
      : number extends K
        ? never
        : K extends typeof EXCHANGE_METHOD
          ? never
          : K
  ]: T[K];
};

type MethodOf<S extends GrpcService, N extends string> = Definition<S>[Capitalize<N> & keyof Definition<S>];
type ArgumentOf<F> = F extends (argument: infer A) => unknown ? A : never;
type ResultOf<F> = F extends (bytes: Buffer) => infer R ? R : never;
type Part<M, P extends string> = M extends Record<P, infer F> ? F : never;

/** `getRoom`, `openPeer`: the method's name as it is called in code. */
type MethodName<S extends GrpcService> = Uncapitalize<NamedKeys<Definition<S>> & string>;

type Returned<S extends GrpcService, N extends string> = N extends keyof InstanceType<S>
  ? InstanceType<S>[N] extends (...given: never[]) => infer R
    ? R
    : never
  : never;

type StreamingName<S extends GrpcService> = {
  [N in MethodName<S>]: Returned<S, N> extends ClientReadableStream<unknown> ? N : never;
}[MethodName<S>];

/** The methods with messages in both directions. */
export type DuplexName<S extends GrpcService> = {
  [N in StreamingName<S>]: Returned<S, N> extends { write: unknown } ? N : never;
}[StreamingName<S>];
/** The methods with one request and a stream of responses. */
export type StreamName<S extends GrpcService> = Exclude<StreamingName<S>, DuplexName<S>>;
export type UnaryName<S extends GrpcService> = Exclude<MethodName<S>, StreamingName<S>>;

/** A request or response as it is sent: fields may be left out. */
export type RequestInput<S extends GrpcService, N extends string> = ArgumentOf<
  Part<MethodOf<S, N>, 'requestSerialize'>
>;
export type ResponseInput<S extends GrpcService, N extends string> = ArgumentOf<
  Part<MethodOf<S, N>, 'responseSerialize'>
>;
/** A request or response as it arrives: every field is there. */
export type RequestOutput<S extends GrpcService, N extends string> = ResultOf<
  Part<MethodOf<S, N>, 'requestDeserialize'>
>;
export type ResponseOutput<S extends GrpcService, N extends string> = ResultOf<
  Part<MethodOf<S, N>, 'responseDeserialize'>
>;

/** `parley.room.v1.RoomService` of `/parley.room.v1.RoomService/GetRoom`. */
export function serviceNameOf(definition: ServiceDefinition): string {
  return Object.values(definition)[0]?.path.split('/')[1] ?? '';
}
