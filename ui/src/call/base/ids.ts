import { traceIdSchema, type TraceId } from '@parley/proto/ids';

/** 16 random bytes in hex. Every service logs the id, so that one join can be followed through all services. */
export function newTraceId(): TraceId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return traceIdSchema.parse(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}

/** A UUID of version 4. `crypto.randomUUID` exists on secure pages only; this function works on every page. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
