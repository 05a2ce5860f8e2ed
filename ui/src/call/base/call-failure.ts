import {
  ERRORS,
  errorBodySchema,
  isErrorCode,
  traceIdSchema,
  type ErrorBody,
  type ErrorCode,
  type TraceId,
} from '@parley/proto';

/** An error as the page shows it: the page has a text for each `code`, and shows the trace id beside the text. */
export type CallError = {
  code: ErrorCode | ClientErrorCode;
  message: string;
  traceId: TraceId | null;
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
  | 'unsupported_browser'
  | 'network_unreachable'
  | 'network_sign_in'
  | 'screen_share_denied'
  | 'screen_share_blocked'
  | 'screen_share_unsupported'
  | 'screen_sound_failed'
  | 'session_banned'
  | 'session_call_ended'
  | 'session_copied'
  | 'session_moved'
  | 'session_removed'
  | 'session_taken_over';

const CLIENT_MESSAGES: Record<ClientErrorCode, string> = {
  device_permission_denied: 'The browser does not allow this device.',
  device_not_found: 'There is no such device.',
  device_busy: 'The device is used by something else.',
  device_failed: 'The device does not work.',
  device_stopped: 'The device stopped again and again.',
  device_unplugged: 'The device is gone, and there is no other.',
  insecure_origin: 'Browsers give devices to secure pages only.',
  unsupported_browser: 'This browser cannot take part in a call.',
  network_unreachable: 'The server cannot be reached.',
  network_sign_in: 'The network answers with its own page.',
  screen_share_denied: 'The screen was not shared.',
  screen_share_blocked: 'The browser or the system does not allow to record the screen.',
  screen_share_unsupported: 'This browser cannot share the screen.',
  screen_sound_failed: 'The sound of the screen cannot be captured.',
  session_banned: 'Somebody banned this person from the room.',
  session_call_ended: 'Somebody ended the call for all.',
  session_moved: 'This person goes on with another device.',
  session_removed: 'Somebody removed this person from the call.',
  session_copied: 'Somebody else used a key of this place in the call.',
  session_taken_over: 'This call goes on in another tab.',
};

/** The only error class of the call client. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly code: CallError['code'];
  readonly traceId: TraceId | null;

  constructor(
    code: CallError['code'],
    options: { message?: string; traceId?: TraceId | null; cause?: unknown } = {},
  ) {
    super(options.message ?? defaultMessage(code), { cause: options.cause });
    this.code = code;
    this.traceId = options.traceId ?? null;
  }

  static fromBody(body: ErrorBody): CallFailure {
    const traceId = traceIdSchema.safeParse(body.traceId).data ?? null;
    return new CallFailure(body.code, { message: body.message, traceId });
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
    return { code: this.code, message: this.message, traceId: this.traceId ?? traceId };
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
