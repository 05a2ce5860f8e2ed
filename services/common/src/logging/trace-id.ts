import { randomBytes } from 'node:crypto';
import { traceIdSchema, type TraceId } from '@parley/proto/ids';

export function newTraceId(): TraceId {
  return randomBytes(16).toString('hex') as TraceId;
}

/** The trace id that came with a request if it is well-formed, otherwise a new one. */
export function acceptTraceId(given: unknown): TraceId {
  return traceIdSchema.safeParse(given).data ?? newTraceId();
}
