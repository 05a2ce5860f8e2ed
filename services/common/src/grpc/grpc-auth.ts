import { hash, timingSafeEqual } from 'node:crypto';
import {
  ServerInterceptingCall,
  type Metadata,
  type ServerDuplexStream,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { ParleyError } from '@parley/proto/errors';
import { GRPC_METADATA, mayCall } from '@parley/proto/grpc';
import { toGrpcStatus } from './grpc-errors.ts';
import type { GrpcTrust } from './grpc-trust.ts';
import type { Logger } from '../logging/logger.ts';

/** Refuses a call before its message is read, unless its caller may make it. `service` is the full name of what is served. */
export function requireTrust(trust: GrpcTrust, service: string, logger: Logger): ServerInterceptor {
  if ('secret' in trust) return requireSecret(trust.secret);
  const callers = new WeakMap<object, string>();
  return (method, call) =>
    beforeMetadata(call, () => {
      const permitted = isPermitted(callerOf(call, callers), service, method.path, logger);
      return permitted ? undefined : new ParleyError('forbidden');
    });
}

/** Whether the caller of an exchange may call the method with a path. Whether it may open the exchange is checked before. */
export function permissionsOf(
  trust: GrpcTrust,
  service: string,
  exchange: Pick<ServerDuplexStream<unknown, unknown>, 'getAuthContext'>,
  logger: Logger,
): (path: string) => boolean {
  if ('secret' in trust) return () => true;
  const caller = nameOf(exchange.getAuthContext().sslPeerCertificate?.subjectaltname);
  // The caller of a connection and the table stay the same.
  const permitted = new Set<string>();
  return (path) => {
    const allowed = permitted.has(path) || isPermitted(caller, service, path, logger);
    if (allowed) permitted.add(path);
    return allowed;
  };
}

function isPermitted(caller: string, service: string, path: string, logger: Logger): boolean {
  const permitted = mayCall(caller, service, path);
  if (!permitted) logger.warn({ caller, method: path }, 'refused a call that its caller may not make');
  return permitted;
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

/**
 * The name in the certificate of the connection that carries a call. A connection keeps its certificate, so the name is read once for each
 * connection: Node parses the whole certificate each time, which takes a fifth of a call.
 */
function callerOf(call: Call, callers: WeakMap<object, string>): string {
  const connection = connectionOf(call);
  const known = connection && callers.get(connection);
  if (known !== undefined) return known;
  const caller = nameOf(call.getAuthContext().sslPeerCertificate?.subjectaltname);
  if (connection !== undefined) callers.set(connection, caller);
  return caller;
}

/** The HTTP/2 session. grpc-js has no public name for it; undefined if it has another one some day. */
function connectionOf(call: Call): object | undefined {
  return (call as unknown as { stream?: { session?: object } }).stream?.session;
}

/** The one name of a certificate, as `DNS:gateway`. Empty if there is none or more than one. */
function nameOf(names: string | undefined): string {
  return /^DNS:([a-z][a-z0-9-]*)$/.exec(names ?? '')?.[1] ?? '';
}

export function bearer(secret: string): string {
  return `Bearer ${secret}`;
}
