import { hash, timingSafeEqual } from 'node:crypto';
import { ServerInterceptingCall, type Metadata, type ServerInterceptor } from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto';
import { GRPC_METADATA, mayCall } from '@parley/proto/grpc';
import { toGrpcStatus } from './grpc-errors.ts';
import type { GrpcTrust } from './grpc-trust.ts';
import type { Logger } from '../logging/logger.ts';

/** Refuses a call before its message is read, unless its caller may make it. `service` is the full name of what is served. */
export function requireTrust(trust: GrpcTrust, service: string, logger: Logger): ServerInterceptor {
  if ('secret' in trust) return requireSecret(trust.secret);
  return (method, call) =>
    beforeMetadata(call, () => {
      const caller = callerOf(call.getAuthContext().sslPeerCertificate?.subjectaltname);
      if (mayCall(caller, service, method.path)) return undefined;
      logger.warn({ caller, method: method.path }, 'refused a call that its caller may not make');
      return new ParleyError('forbidden');
    });
}

/** Hashes are compared in constant time, so that the time of an answer shows neither content nor length of the secret. */
function requireSecret(secret: string): ServerInterceptor {
  const expected = hash('sha256', bearer(secret), 'buffer');
  return (_method, call) =>
    beforeMetadata(call, (metadata) => {
      const given = String(metadata.get(GRPC_METADATA.authorization)[0] ?? '');
      if (timingSafeEqual(hash('sha256', given, 'buffer'), expected)) return undefined;
      return new ParleyError('unauthenticated');
    });
}

type Call = Parameters<ServerInterceptor>[1];

function beforeMetadata(
  call: Call,
  refusal: (metadata: Metadata) => ParleyError | undefined,
): ServerInterceptingCall {
  return new ServerInterceptingCall(call, {
    start: (next) => {
      next({
        onReceiveMetadata: (metadata, accept) => {
          const refused = refusal(metadata);
          if (refused === undefined) accept(metadata);
          else call.sendStatus(toGrpcStatus(refused));
        },
      });
    },
  });
}

/** The one name of a certificate, as `DNS:gateway`. Empty if there is none or more than one. */
function callerOf(names: string | undefined): string {
  return /^DNS:([a-z][a-z0-9-]*)$/.exec(names ?? '')?.[1] ?? '';
}

export function bearer(secret: string): string {
  return `Bearer ${secret}`;
}
