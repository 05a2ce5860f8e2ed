import { ERRORS, type ErrorCode, type TraceId } from '@parley/proto';
import type { CallError, ClientErrorCode } from '../call/index.ts';

/** The next step of a person after an error. Each page offers the steps that it can carry out. */
type NextStep =
  /** Try the same again. */
  | 'retry'
  /** Join again. */
  | 'rejoin'
  /** Go to the landing page: enter another code, or start a new call. */
  | 'home'
  /** Continue without the device. */
  | 'without-device';

export type ErrorWords = { title: string; advice: string; nextStep: NextStep };

const SERVER_TROUBLE = 'Something went wrong on the server';

/** Title and advice for every error code. The advice says what to do next. */
const WORDS: Record<ErrorCode | ClientErrorCode, ErrorWords> = {
  invalid_request: {
    title: SERVER_TROUBLE,
    advice: 'This page may be older than the server. Reload it and try again.',
    nextStep: 'retry',
  },
  invalid_room_code: {
    title: 'This is not a call code',
    advice: 'A code looks like abcd-efgh-jkm. Check it, or start a new call.',
    nextStep: 'home',
  },
  payload_too_large: {
    title: 'This is too long',
    advice: 'Shorten it and send it again.',
    nextStep: 'retry',
  },
  unsupported_media_type: {
    title: SERVER_TROUBLE,
    advice: 'This page may be older than the server. Reload it and try again.',
    nextStep: 'retry',
  },
  method_not_allowed: {
    title: SERVER_TROUBLE,
    advice: 'This page may be older than the server. Reload it and try again.',
    nextStep: 'retry',
  },
  unauthenticated: {
    title: 'You are not in this call',
    advice: 'Join again to come back.',
    nextStep: 'rejoin',
  },
  token_invalid: {
    title: 'Joining did not work',
    advice: 'Join again. If that fails too, reload the page.',
    nextStep: 'rejoin',
  },
  token_expired: {
    title: 'Your place has expired',
    advice: 'A place is held for a few minutes only. Join again to get a new one.',
    nextStep: 'rejoin',
  },
  token_used: {
    title: 'You have left this call',
    advice: 'Join again to come back.',
    nextStep: 'rejoin',
  },
  resume_rejected: {
    title: 'You are no longer in the call',
    advice: 'You were disconnected for too long. Join again to come back.',
    nextStep: 'rejoin',
  },
  forbidden: {
    title: 'You cannot do that in this call',
    advice: 'Your role in the call does not allow it.',
    nextStep: 'rejoin',
  },
  origin_not_allowed: {
    title: 'Calls do not work at this address',
    advice: 'Open the usual address of this server, or ask the person who runs it.',
    nextStep: 'home',
  },
  not_found: {
    title: 'This was not found',
    advice: 'It may have been removed. Go to the start page.',
    nextStep: 'home',
  },
  room_not_found: {
    title: 'This call does not exist',
    advice: 'It may be over, or the link has a mistake. Ask for the link again, or start a new call.',
    nextStep: 'home',
  },
  peer_not_found: {
    title: 'This person is no longer in the call',
    advice: 'They may have just left.',
    nextStep: 'retry',
  },
  transport_not_found: {
    title: 'The connection was lost',
    advice: 'Join again to come back.',
    nextStep: 'rejoin',
  },
  producer_not_found: {
    title: 'This video or sound has ended',
    advice: 'You do not need to do anything.',
    nextStep: 'retry',
  },
  consumer_not_found: {
    title: 'This video or sound has ended',
    advice: 'You do not need to do anything.',
    nextStep: 'retry',
  },
  not_joined: { title: 'You are not in the call', advice: 'Join it first.', nextStep: 'rejoin' },
  already_joined: {
    title: 'You are already in this call',
    advice: 'Leave it in the other tab, or join again here.',
    nextStep: 'rejoin',
  },
  conflict: {
    title: 'Something changed in the meantime',
    advice: 'Look at it again, then try once more.',
    nextStep: 'retry',
  },
  cannot_consume: {
    title: 'This browser cannot show this video',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
    nextStep: 'retry',
  },
  closed: { title: 'This has already ended', advice: 'Try again.', nextStep: 'retry' },
  room_full: { title: 'The call is full', advice: 'Try again when somebody has left.', nextStep: 'retry' },
  rate_limited: { title: 'That was too fast', advice: 'Wait a moment, then try again.', nextStep: 'retry' },
  room_busy: {
    title: 'Too much happens in this call at once',
    advice: 'Wait a moment, then try again.',
    nextStep: 'retry',
  },
  address_limited: {
    title: 'Too many people join from your network',
    advice: 'Try again when somebody has left, or ask the person who runs this server.',
    nextStep: 'retry',
  },
  at_capacity: {
    title: 'The server is full right now',
    advice: 'Running calls continue. Try again in a minute.',
    nextStep: 'retry',
  },
  media_unavailable: {
    title: 'Sound and video are not available right now',
    advice: 'A part of the server does not answer. Try again in a moment.',
    nextStep: 'retry',
  },
  unavailable: {
    title: 'The server is not available right now',
    advice: 'Try again in a moment.',
    nextStep: 'retry',
  },
  timeout: {
    title: 'That took too long',
    advice: 'Your network or the server is slow right now. Try again.',
    nextStep: 'retry',
  },
  internal: {
    title: SERVER_TROUBLE,
    advice: 'Try again. If it happens again, send the reference below to the person who runs this server.',
    nextStep: 'retry',
  },

  device_permission_denied: {
    title: 'The browser is not allowed to use it',
    advice: 'Allow it with the icon next to the address, then try again.',
    nextStep: 'without-device',
  },
  device_not_found: {
    title: 'No device was found',
    advice: 'Plug one in and try again.',
    nextStep: 'without-device',
  },
  device_busy: {
    title: 'Another program is using it',
    advice: 'Close the other program, then try again.',
    nextStep: 'without-device',
  },
  device_failed: {
    title: 'It did not start',
    advice: 'Unplug it and plug it in again, or choose another one.',
    nextStep: 'without-device',
  },
  device_stopped: {
    title: 'It stopped several times',
    advice: 'Another program may be taking it. Close that program and try again, or choose another one.',
    nextStep: 'without-device',
  },
  device_unplugged: {
    title: 'It was unplugged',
    advice: 'Plug it in again or choose another one, then turn it on.',
    nextStep: 'without-device',
  },
  insecure_origin: {
    title: 'Camera and microphone need a secure address',
    advice:
      'Browsers allow them only at https:// addresses and localhost. Open the https:// address of this server.',
    nextStep: 'without-device',
  },
  unsupported_browser: {
    title: 'This browser cannot do video calls',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
    nextStep: 'home',
  },
  network_unreachable: {
    title: 'The server cannot be reached',
    advice:
      'Check your network connection. In a hotel or on a train, open another page first: the network may ask you to sign in.',
    nextStep: 'retry',
  },
  network_sign_in: {
    title: 'Your network wants you to sign in first',
    advice:
      'Open another page in a new tab and sign in to the network there, for example to the Wi-Fi of the hotel. Then come back.',
    nextStep: 'retry',
  },
  screen_share_denied: {
    title: 'Your screen is not shared',
    advice: 'No screen was chosen. Share again to choose one.',
    nextStep: 'retry',
  },
  screen_share_blocked: {
    title: 'This browser is not allowed to record your screen',
    advice: 'Allow it in the settings of your system, then share again.',
    nextStep: 'retry',
  },
  screen_share_unsupported: {
    title: 'This browser cannot share the screen',
    advice: 'Join from a computer to share.',
    nextStep: 'home',
  },
  screen_sound_failed: {
    title: 'The sound of your screen could not be shared',
    advice: 'Share again: your screen is then shared without sound.',
    nextStep: 'retry',
  },
  session_copied: {
    title: 'Your place in the call was closed',
    advice:
      'Somebody else tried to use it. Join again to come back; if it happens again, use another browser.',
    nextStep: 'rejoin',
  },
  session_taken_over: {
    title: 'You joined from somewhere else',
    advice: 'The call goes on in the other tab or device. Join again to bring it here.',
    nextStep: 'rejoin',
  },
};

export function errorWords(error: CallError): ErrorWords {
  return WORDS[error.code];
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
    : errorWords(error).nextStep === 'retry';
}
