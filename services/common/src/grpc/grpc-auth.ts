import { hash, timingSafeEqual } from 'node:crypto';
import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto';
import { GRPC_METADATA } from '@parley/proto/grpc';
import { toGrpcStatus } from './grpc-errors.ts';

/**
 * Refuses calls without the shared secret before their message is read. Hashes are compared in constant time, so
 * that the time of an answer shows neither content nor length of the secret.
 */
export function requireSecret(secret: string): ServerInterceptor {
  const expected = hash('sha256', bearer(secret), 'buffer');
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, accept) => {
            const given = hash(
              'sha256',
              String(metadata.get(GRPC_METADATA.authorization)[0] ?? ''),
              'buffer',
            );
            if (timingSafeEqual(given, expected)) accept(metadata);
            else call.sendStatus(toGrpcStatus(new ParleyError('unauthenticated')));
          },
        });
      },
    });
}

export function bearer(secret: string): string {
  return `Bearer ${secret}`;
}
