import { errorBodySchema } from '@parley/proto/error-body';
import { ERRORS, isErrorCode, type ErrorBody, type ErrorCode } from '@parley/proto/errors';
import { traceIdSchema, type TraceId } from '@parley/proto/ids';

/** An error as the page shows it: the page has a text for each `code`, and shows the trace id beside the text. */
export type CallError = {
  code: ErrorCode | ClientErrorCode;
  message: string;
  traceId: TraceId | null;
  /** Milliseconds after which the same request may succeed, where the server said so. */
  retryAfterMs?: number;
};

/** Errors that only the browser raises. The server never sends these codes. */
export type ClientErrorCode =
  | 'device_permission_denied'
  | 'device_not_found'
  | 'device_busy'
  | 'device_failed'
  | 'device_stopped'
  | 'device_unplugged'
  | 'insecure_origin'
  | 'logged_out'
  | 'unsupported_browser'
  | 'network_unreachable'
  | 'network_sign_in'
  | 'screen_share_denied'
  | 'screen_share_blocked'
  | 'screen_share_unsupported'
  | 'screen_sound_failed'
  | 'session_copied'
  | 'session_taken_over';

const CLIENT_MESSAGES: Record<ClientErrorCode, string> = {
  device_permission_denied: 'The browser does not allow this device.',
  device_not_found: 'There is no such device.',
  device_busy: 'The device is used by something else.',
  device_failed: 'The device does not work.',
  device_stopped: 'The device stopped again and again.',
  device_unplugged: 'The device is gone, and there is no other.',
  insecure_origin: 'Browsers give devices to secure pages only.',
  logged_out: 'Nobody is logged in any more.',
  unsupported_browser: 'This browser cannot take part in a call.',
  network_unreachable: 'The server cannot be reached.',
  network_sign_in: 'The network answers with its own page.',
  screen_share_denied: 'The screen was not shared.',
  screen_share_blocked: 'The browser or the system does not allow to record the screen.',
  screen_share_unsupported: 'This browser cannot share the screen.',
  screen_sound_failed: 'The sound of the screen cannot be captured.',
  session_copied: 'Somebody else used a key of this place in the call.',
  session_taken_over: 'This call goes on in another tab.',
};

/** The only error class of the call client. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly code: CallError['code'];
  readonly traceId: TraceId | null;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: CallError['code'],
    options: {
      message?: string;
      traceId?: TraceId | null;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(options.message ?? defaultMessage(code), { cause: options.cause });
    this.code = code;
    this.traceId = options.traceId ?? null;
    this.retryAfterMs = options.retryAfterMs;
  }

  static fromBody(body: ErrorBody): CallFailure {
    const traceId = traceIdSchema.safeParse(body.traceId).data ?? null;
    const { code, message, retryAfterMs } = body;
    return new CallFailure(code, { message, traceId, retryAfterMs });
  }

  /** Returns null if the value is not an error body of the contract. */
  static fromUnknownBody(value: unknown): CallFailure | null {
    const parsed = errorBodySchema.safeParse(value);
    return parsed.success ? CallFailure.fromBody(parsed.data) : null;
  }

  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    if (isErrorCode(this.code)) return ERRORS[this.code].retryable;
    return this.code === 'network_unreachable' || this.code === 'network_sign_in';
  }

  toError(traceId: TraceId | null = null): CallError {
    const { code, message, retryAfterMs } = this;
    return {
      code,
      message,
      traceId: this.traceId ?? traceId,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
}

export function asFailure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  return new CallFailure('internal', {
    message: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}

function defaultMessage(code: CallError['code']): string {
  return isErrorCode(code) ? ERRORS[code].message : CLIENT_MESSAGES[code];
}
