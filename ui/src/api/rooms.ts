import {
  ROUTES,
  restErrorSchema,
  type RoomCode,
  type RoomInfo,
  type TraceId,
  traceIdSchema,
  TRACE_HEADER,
} from '@parley/proto';
import type { CallError } from '../call/index.ts';

/*
 * The two requests that the pages make before there is a call. What goes wrong is a value here: a page has to show it.
 */

export type ApiResult<T> = { ok: true; value: T } | { ok: false; error: CallError };

const REQUEST_TIMEOUT_MS = 10_000;

/** POST /api/rooms */
export function createRoom(): Promise<ApiResult<RoomInfo>> {
  return request(ROUTES.createRoom.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
}

/** GET /api/rooms/{code} */
export function getRoom(code: RoomCode): Promise<ApiResult<RoomInfo>> {
  return request(ROUTES.getRoom.path.replace('{code}', code), { method: 'GET' });
}

async function request(path: string, init: RequestInit): Promise<ApiResult<RoomInfo>> {
  let response: Response;
  try {
    response = await fetch(path, {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return failure(timedOut ? 'timeout' : 'network_unreachable', null);
  }
  const traceId = traceIdSchema.safeParse(response.headers.get(TRACE_HEADER)).data ?? null;
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const room = ROUTES.createRoom.response.safeParse(body);
    return room.success ? { ok: true, value: room.data } : failure('internal', traceId);
  }
  const refused = restErrorSchema.safeParse(body);
  if (!refused.success) return failure('unavailable', traceId);
  const { code, message, traceId: bodyTraceId } = refused.data.error;
  return {
    ok: false,
    error: { code, message, traceId: traceIdSchema.safeParse(bodyTraceId).data ?? traceId },
  };
}

function failure(code: CallError['code'], traceId: TraceId | null): { ok: false; error: CallError } {
  return { ok: false, error: { code, message: code, traceId } };
}
