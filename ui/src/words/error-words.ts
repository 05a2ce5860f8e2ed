import { ERRORS, type ErrorCode } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import type { CallError, ClientErrorCode } from '../call/index.ts';
import type { Words } from '../languages/words.ts';

/** The next step of a person after an error. Each page offers the steps that it can carry out. */
type NextStep =
  /** Try the same again. */
  | 'retry'
  /** Join again. */
  | 'rejoin'
  /** Log in first. */
  | 'log-in'
  /** Go to the landing page: enter another code, or start a new call. */
  | 'home'
  /** Continue without the device. */
  | 'without-device';

export type ErrorWords = { title: string; advice: string; nextStep: NextStep };

const NEXT_STEPS: Record<ErrorCode | ClientErrorCode, NextStep> = {
  invalid_request: 'retry',
  invalid_room_code: 'home',
  payload_too_large: 'retry',
  files_full: 'retry',
  unsupported_media_type: 'retry',
  method_not_allowed: 'retry',
  unauthenticated: 'rejoin',
  token_invalid: 'rejoin',
  token_expired: 'rejoin',
  token_used: 'rejoin',
  resume_rejected: 'rejoin',
  credentials_invalid: 'retry',
  account_needed: 'log-in',
  account_blocked: 'home',
  address_blocked: 'home',
  registration_closed: 'home',
  setup_needed: 'retry',
  link_invalid: 'home',
  email_taken: 'retry',
  forbidden: 'rejoin',
  not_admitted: 'retry',
  denied: 'home',
  waiting_full: 'retry',
  origin_not_allowed: 'home',
  passcode_needed: 'home',
  passcode_wrong: 'home',
  banned: 'home',
  room_locked: 'retry',
  guests_refused: 'log-in',
  room_not_open: 'retry',
  room_closed: 'home',
  not_found: 'home',
  room_not_found: 'home',
  peer_not_found: 'retry',
  transport_not_found: 'rejoin',
  producer_not_found: 'retry',
  consumer_not_found: 'retry',
  not_joined: 'rejoin',
  already_joined: 'rejoin',
  conflict: 'retry',
  cannot_consume: 'retry',
  closed: 'retry',
  room_full: 'retry',
  too_many: 'home',
  rate_limited: 'retry',
  over_limit: 'rejoin',
  room_busy: 'retry',
  address_limited: 'retry',
  room_quarantined: 'home',
  at_capacity: 'retry',
  media_unavailable: 'retry',
  unavailable: 'retry',
  timeout: 'retry',
  internal: 'retry',
  device_permission_denied: 'without-device',
  device_not_found: 'without-device',
  device_busy: 'without-device',
  device_failed: 'without-device',
  device_stopped: 'without-device',
  device_unplugged: 'without-device',
  insecure_origin: 'without-device',
  logged_out: 'log-in',
  unsupported_browser: 'home',
  network_unreachable: 'retry',
  network_sign_in: 'retry',
  screen_share_denied: 'retry',
  screen_share_blocked: 'retry',
  screen_share_unsupported: 'home',
  screen_sound_failed: 'retry',
  session_banned: 'home',
  session_call_ended: 'home',
  session_ended_by_operator: 'home',
  session_copied: 'rejoin',
  session_moved: 'rejoin',
  session_removed: 'rejoin',
  session_taken_over: 'rejoin',
};

/** Title and advice for an error of any code. The advice says what to do next. */
export function errorWords({ t }: Words, { code }: CallError): ErrorWords {
  return {
    title: t(`errors.${code}.title`),
    advice: t(`errors.${code}.advice`),
    nextStep: NEXT_STEPS[code],
  };
}

export function nextStepOf({ code }: CallError): NextStep {
  return NEXT_STEPS[code];
}

/** The server failed, or did not understand its own page. */
const SERVER_FAILURES: readonly CallError['code'][] = [
  'internal',
  'invalid_request',
  'media_unavailable',
  'method_not_allowed',
  'timeout',
  'unavailable',
  'unsupported_media_type',
];

/** The trace id to show with an error; null where the logs of the server say nothing that helps. */
export function referenceOf(error: CallError | null): TraceId | null {
  return error !== null && SERVER_FAILURES.includes(error.code) ? error.traceId : null;
}

/** Whether the same request may succeed later. */
export function isRetryable(error: CallError): boolean {
  return error.code in ERRORS
    ? ERRORS[error.code as ErrorCode].retryable
    : NEXT_STEPS[error.code] === 'retry';
}
