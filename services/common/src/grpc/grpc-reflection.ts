import type { Server, ServiceDefinition } from '@grpc/grpc-js';
import { ReflectionService } from '@grpc/reflection';
import { service as healthService } from 'grpc-health-check';
import { serviceNameOf } from './grpc-types.ts';

/** Serves grpc.reflection.v1 and v1alpha: tools such as grpcurl can list, describe and call the service and its health. */
export function addReflection(server: Server, service: ServiceDefinition): void {
  // The generated definitions come from the same loader as the health service's.
  const definitions = [service as typeof healthService, healthService];
  // Each message type carries the descriptors of all files that it needs.
  const types = definitions.flatMap((definition) =>
    Object.values(definition).flatMap(({ requestType, responseType }) => [requestType, responseType]),
  );
  const reflection = new ReflectionService(Object.fromEntries(types.entries()), {
    services: definitions.map(serviceNameOf),
  });
  reflection.addToServer(server);
}
