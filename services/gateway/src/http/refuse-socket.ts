import type { Socket } from 'node:net';
import { newTraceId } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { TRACE_HEADER } from '@parley/proto/rest';
import { errorReply, httpStatus } from './http-errors.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Answers bytes that are not HTTP, or no complete request in time. There is no request for Fastify to answer, only a socket. */
export function refuseSocket(error: Pick<NodeJS.ErrnoException, 'code'>, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const known = new ParleyError(
    error.code === 'HPE_HEADER_OVERFLOW' ? 'payload_too_large' : 'invalid_request',
  );
  const traceId = newTraceId();
  const body = JSON.stringify(errorReply(known, traceId));
  const headers = {
    ...SECURITY_HEADERS,
    [TRACE_HEADER]: traceId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : httpStatus(known);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
