import { ERRORS, type ErrorCode } from '@parley/proto';
import type { CallError, ClientErrorCode } from '../call/index.ts';

/** What a person can do about an error. Each page offers those it can carry out. */
export type NextStep =
  /** The same again may work. */
  | 'retry'
  /** Back to the page before the call. */
  | 'rejoin'
  /** To the landing page: another code, or a new call. */
  | 'home'
  /** Go on without the device. */
  | 'without-device';

export type ErrorWords = { title: string; advice: string; nextStep: NextStep };

const SERVER_TROUBLE = 'Something went wrong on our side';

/** Every error in words for the person in front of it. The types keep it complete. */
const WORDS: Record<ErrorCode | ClientErrorCode, ErrorWords> = {
  invalid_request: {
    title: SERVER_TROUBLE,
    advice: 'This page may be older than the server. Reload it and try again.',
    nextStep: 'retry',
  },
  invalid_room_code: {
    title: 'That is not a call code',
    advice: 'A code looks like abcd-efgh-jkm. Check it, or start a new call.',
    nextStep: 'home',
  },
  payload_too_large: {
    title: 'That is too long',
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
    title: 'You are not signed in to this call',
    advice: 'Join again to get a new place in it.',
    nextStep: 'rejoin',
  },
  token_invalid: {
    title: 'Your invitation could not be checked',
    advice: 'Join again to get a new one.',
    nextStep: 'rejoin',
  },
  token_expired: {
    title: 'You waited a little too long',
    advice: 'Your place was held for some minutes only. Join again.',
    nextStep: 'rejoin',
  },
  token_used: {
    title: 'You have left this call',
    advice: 'Join again to come back.',
    nextStep: 'rejoin',
  },
  resume_rejected: {
    title: 'You were away too long',
    advice: 'Your place in the call was given up. Join again to come back.',
    nextStep: 'rejoin',
  },
  forbidden: {
    title: 'You may not do that here',
    advice: 'Your role in this call does not allow it.',
    nextStep: 'rejoin',
  },
  origin_not_allowed: {
    title: 'This address is not allowed',
    advice:
      'The server does not accept calls from this address. Open it under its own name, or ask who runs it.',
    nextStep: 'home',
  },
  not_found: { title: 'Not found', advice: 'It may have been moved or removed.', nextStep: 'home' },
  room_not_found: {
    title: 'There is no such call',
    advice: 'It may be over, or the link has a typing error. Ask for the link again, or start a new call.',
    nextStep: 'home',
  },
  peer_not_found: {
    title: 'That person is not in the call any more',
    advice: 'They may have just left.',
    nextStep: 'retry',
  },
  transport_not_found: {
    title: 'The connection was lost',
    advice: 'Join again to make a new one.',
    nextStep: 'rejoin',
  },
  producer_not_found: {
    title: 'That picture or sound has ended',
    advice: 'Nothing to do: it will be updated.',
    nextStep: 'retry',
  },
  consumer_not_found: {
    title: 'That picture or sound has ended',
    advice: 'Nothing to do: it will be updated.',
    nextStep: 'retry',
  },
  not_joined: { title: 'You are not in the call', advice: 'Join it first.', nextStep: 'rejoin' },
  already_joined: {
    title: 'You are in this call already',
    advice: 'Leave it in the other tab, or join again here.',
    nextStep: 'rejoin',
  },
  conflict: {
    title: 'That does not fit any more',
    advice: 'Something changed in between. Try again.',
    nextStep: 'retry',
  },
  cannot_consume: {
    title: 'This browser cannot show that video',
    advice: 'It lacks the codec. A current Chrome, Edge, Firefox or Safari has it.',
    nextStep: 'retry',
  },
  closed: { title: 'That is over already', advice: 'Try again.', nextStep: 'retry' },
  room_full: { title: 'The call is full', advice: 'Try again when somebody has left.', nextStep: 'retry' },
  rate_limited: { title: 'That was too fast', advice: 'Wait a moment, then try again.', nextStep: 'retry' },
  at_capacity: {
    title: 'The server is full right now',
    advice: 'Calls in progress go on. Try again in a minute.',
    nextStep: 'retry',
  },
  media_unavailable: {
    title: 'Sound and video are not available right now',
    advice: 'The media service cannot be reached. Try again in a moment.',
    nextStep: 'retry',
  },
  unavailable: {
    title: 'The service is not available right now',
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
    advice: 'Try again. If it stays, give the reference below to who runs this server.',
    nextStep: 'retry',
  },

  device_permission_denied: {
    title: 'The browser may not use it',
    advice: 'Allow it with the icon beside the address, then try again.',
    nextStep: 'without-device',
  },
  device_not_found: {
    title: 'None was found',
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
  insecure_origin: {
    title: 'Camera and microphone need a secure address',
    advice: 'Browsers allow them only under https:// or localhost. Open the secure address of this server.',
    nextStep: 'without-device',
  },
  unsupported_browser: {
    title: 'This browser cannot do video calls',
    advice: 'Use a current Chrome, Edge, Firefox or Safari.',
    nextStep: 'home',
  },
  network_unreachable: {
    title: 'The server cannot be reached',
    advice: 'Check your network connection, then try again.',
    nextStep: 'retry',
  },
  screen_share_denied: {
    title: 'Your screen is not shared',
    advice: 'Nothing was chosen, or the system does not allow this browser to record the screen.',
    nextStep: 'retry',
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

const DEVICE_NAMES = { microphone: 'microphone', camera: 'camera', both: 'microphone and camera' } as const;
type Device = keyof typeof DEVICE_NAMES;

/** The same, said about one device or both. */
export function deviceErrorWords(device: Device, error: CallError): ErrorWords {
  const words = WORDS[error.code];
  const name = DEVICE_NAMES[device];
  switch (error.code) {
    case 'device_permission_denied':
      return { ...words, title: `The browser may not use your ${name}` };
    case 'device_not_found':
      return {
        ...words,
        title: device === 'both' ? 'No microphone was found, and no camera' : `No ${name} was found`,
      };
    case 'device_busy':
      return { ...words, title: `Another program is using your ${name}` };
    case 'device_failed':
      return { ...words, title: `Your ${name} did not start` };
    default:
      return words;
  }
}

/** Whether repeating the same request may help. */
export function isRetryable(error: CallError): boolean {
  return error.code in ERRORS
    ? ERRORS[error.code as ErrorCode].retryable
    : errorWords(error).nextStep === 'retry';
}
