import type { GrpcHandlers, GrpcService } from '../grpc/index.ts';

/** Handlers for every method of a service, so that a test writes out only those that it is about. */
export function handlersOf<S extends GrpcService>(
  service: S,
  make: (method: keyof GrpcHandlers<S> & string) => unknown,
): GrpcHandlers<S> {
  const methods = Object.keys(service.service).map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  return Object.fromEntries(methods.map((method) => [method, make(method as never)])) as GrpcHandlers<S>;
}
