import { GRPC } from './grpc-status.ts';

/**
 * The errors of a resume whose peer somebody ended while its socket was away. A client does not join again by itself after them.
 */
export const SESSION_END_ERRORS = {
  session_removed: {
    description:
      'Somebody who leads the room removed the peer. The client does not come back by itself; the person may join again.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'Somebody removed this person from the call.',
    retryable: false,
  },
  session_banned: {
    description: 'Somebody who leads the room banned the person.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'Somebody banned this person from the room.',
    retryable: false,
  },
  session_call_ended: {
    description:
      'Somebody who leads the room ended the call for all. The client does not begin it anew by itself.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'Somebody ended the call for all.',
    retryable: false,
  },
  session_ended_by_operator: {
    description: 'An operator of the server ended the call. The client does not begin it anew by itself.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'An operator of the server ended the call.',
    retryable: false,
  },
  session_moved: {
    description: 'The person went on with another device.',
    http: 409,
    grpc: GRPC.failedPrecondition,
    message: 'This person goes on with another device.',
    retryable: false,
  },
} as const;
