import { ACCOUNT_ERRORS } from './account-errors.ts';
import { GRPC } from './grpc-status.ts';
import { SESSION_END_ERRORS } from './session-end-errors.ts';

/** One error code on each wire. `grpc` is a numeric gRPC status, `http` an HTTP status. */
type ErrorMapping = {
  /** For docs/protocol.md: what it means, and what a client does. */
  description: string;
  http: number;
  grpc: number;
  message: string;
  retryable: boolean;
};

/**
 * Every error that a client may receive. The key is the stable code. The message is the default text in logs and bodies.
 * The UI has its own texts.
 */
export const ERRORS = {
  invalid_request: {
    description:
      'The payload does not fit the schema, or there is no such request. Repeating it does not help.',
    http: 400,
    grpc: GRPC.invalidArgument,
    message: 'The request is malformed.',
    retryable: false,
  },
  invalid_room_code: {
    description: 'The text is not in the form of a room code.',
    http: 400,
    grpc: GRPC.invalidArgument,
    message: 'That is not a room code.',
    retryable: false,
  },
  payload_too_large: {
    description: 'The body or frame exceeds its limit.',
    http: 413,
    grpc: GRPC.invalidArgument,
    message: 'The request is too large.',
    retryable: false,
  },
  files_full: {
    description:
      'The room, this peer or the server has as many files as it may have, or as many bytes. Deleting messages with files makes place within a minute.',
    http: 409,
    grpc: GRPC.resourceExhausted,
    message: 'No more files fit into this room.',
    retryable: false,
  },
  unsupported_media_type: {
    description: 'A REST body needs the content type application/json.',
    http: 415,
    grpc: GRPC.invalidArgument,
    message: 'The body must be application/json.',
    retryable: false,
  },
  unauthenticated: {
    description: 'The handshake or call carries no credentials that fit the schema.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'No valid credentials.',
    retryable: false,
  },
  token_invalid: {
    description:
      'The join token, or the pass of an upload, is not one of this system, was changed, or was used. Ask for a new one.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The token is not valid.',
    retryable: false,
  },
  token_expired: {
    description: 'The join token was not used in time. Ask for a new one.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The join token has expired.',
    retryable: false,
  },
  token_used: {
    description: 'The peer of the join token has left. Ask for a new token to join again.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The join token was used, and its peer has left.',
    retryable: false,
  },
  resume_rejected: {
    description: 'The peer has left, or a newer secret was used. Join again with a new token.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The session can no longer be resumed.',
    retryable: false,
  },
  ...SESSION_END_ERRORS,
  ...ACCOUNT_ERRORS,
  forbidden: {
    description: 'The peer lacks the permission that the request needs.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'Not allowed.',
    retryable: false,
  },
  not_admitted: {
    description: 'A host has to admit the person first. Send `room:knock`, and join after `door:admitted`.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'A host has to admit you first.',
    retryable: false,
  },
  denied: {
    description: 'A host has denied the person. The same join token gets in no more.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'A host did not admit you.',
    retryable: false,
  },
  waiting_full: {
    description: 'As many people wait before the room as may. Try again later.',
    http: 429,
    grpc: GRPC.resourceExhausted,
    message: 'Too many people wait before this room.',
    retryable: true,
  },
  origin_not_allowed: {
    description: 'The page is of an origin that may not connect.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This origin is not allowed.',
    retryable: false,
  },
  passcode_needed: {
    description: 'The room has a passcode. Ask the person for it and repeat with it.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'This room needs a passcode.',
    retryable: false,
  },
  passcode_wrong: {
    description: 'That is not the passcode of the room. After some attempts the answer is `rate_limited`.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'That is not the passcode.',
    retryable: false,
  },
  banned: {
    description:
      'Somebody who leads the room has banned the person, or a guest from the same network within the last day.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'You may not come into this room.',
    retryable: false,
  },
  room_locked: {
    description: 'The room is locked. The owner and the hosts may come in.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'The room is locked.',
    retryable: false,
  },
  guests_refused: {
    description: 'The room takes only people with an account. Log in and repeat.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This room takes only people with an account.',
    retryable: false,
  },
  room_not_open: {
    description:
      'The room opens later; `opensAt` of its settings says when. The owner and the hosts may come before.',
    http: 403,
    grpc: GRPC.failedPrecondition,
    message: 'The room is not open yet.',
    retryable: true,
  },
  room_closed: {
    description: 'The time of the room is over; see `closesAt` of its settings.',
    http: 403,
    grpc: GRPC.failedPrecondition,
    message: 'The room is closed.',
    retryable: false,
  },
  not_found: {
    description: 'The thing that the request names does not exist.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'Not found.',
    retryable: false,
  },
  method_not_allowed: {
    description: 'The path exists, but not with this HTTP method.',
    http: 405,
    grpc: GRPC.notFound,
    message: 'This path does not take that method.',
    retryable: false,
  },
  room_not_found: {
    description: 'No room has this code.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such room.',
    retryable: false,
  },
  peer_not_found: {
    description: 'No peer of this room has this id. The peer may have left.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such peer in this room.',
    retryable: false,
  },
  transport_not_found: {
    description: 'This peer has no such transport. The transport may be closed.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such transport.',
    retryable: false,
  },
  producer_not_found: {
    description: 'The producer is closed, or does not belong where the request looks for it.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such producer.',
    retryable: false,
  },
  consumer_not_found: {
    description: 'This peer has no such consumer. The consumer may be closed.',
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such consumer.',
    retryable: false,
  },
  not_joined: {
    description: 'The request needs a joined peer. Send `room:join` or `room:resume` first.',
    http: 409,
    grpc: GRPC.failedPrecondition,
    message: 'Join the room first.',
    retryable: false,
  },
  already_joined: {
    description: 'The socket has joined, and the request is for before that.',
    http: 409,
    grpc: GRPC.alreadyExists,
    message: 'Already joined.',
    retryable: false,
  },
  conflict: {
    description: 'The request contradicts the present state.',
    http: 409,
    grpc: GRPC.alreadyExists,
    message: 'This contradicts the current state.',
    retryable: false,
  },
  cannot_consume: {
    description: 'The RTP capabilities of the client do not allow to consume this producer.',
    http: 409,
    grpc: GRPC.failedPrecondition,
    message: 'This device cannot decode that media.',
    retryable: false,
  },
  closed: {
    description: 'The session, room or transport ended meanwhile.',
    http: 409,
    grpc: GRPC.failedPrecondition,
    message: 'It is closed already.',
    retryable: false,
  },
  room_full: {
    description: 'The room has as many peers as it may have. Try again later.',
    http: 409,
    grpc: GRPC.resourceExhausted,
    message: 'The room is full.',
    retryable: true,
  },
  too_many: {
    description:
      'There are as many as there may be, of rooms of one person or one network, or of bans of one room. Delete one first.',
    http: 409,
    grpc: GRPC.resourceExhausted,
    message: 'There are too many of these. Delete one first.',
    retryable: false,
  },
  rate_limited: {
    description: 'The client sends too much, or does not read what it receives. Wait and repeat.',
    http: 429,
    grpc: GRPC.resourceExhausted,
    message: 'Too many requests.',
    retryable: true,
  },
  room_busy: {
    description:
      'All people of the room together send more messages, reactions or changes than a room may, or join faster. Wait and repeat.',
    http: 429,
    grpc: GRPC.resourceExhausted,
    message: 'Too much happens in this room at once.',
    retryable: true,
  },
  address_limited: {
    description:
      'The address of the client has as many people in this room, or as many rooms, as one address may have. Try again when somebody has left.',
    http: 429,
    grpc: GRPC.resourceExhausted,
    message: 'Too many people or rooms come from this address.',
    retryable: true,
  },
  over_limit: {
    description:
      'The peer sent more media than it may. Its producer was paused: resume it after a while, with less. After the third time the peer is gone.',
    http: 429,
    grpc: GRPC.resourceExhausted,
    message: 'More media was sent than is allowed.',
    retryable: false,
  },
  room_quarantined: {
    description:
      'Workers of the media node that had this room died three times within 30 seconds, so the node keeps it closed for ten minutes. Make another room.',
    http: 503,
    grpc: GRPC.failedPrecondition,
    message: 'This room is closed for a while, because media failed in it again and again.',
    retryable: false,
  },
  at_capacity: {
    description: 'No media node accepts another room or peer now. Try again later.',
    http: 503,
    grpc: GRPC.resourceExhausted,
    message: 'No media capacity is left right now.',
    retryable: true,
  },
  media_unavailable: {
    description:
      'No media node of the room answers, or the media of the peer is lost. Repeat, or wait for `media:reset`.',
    http: 503,
    grpc: GRPC.unavailable,
    message: 'The media service cannot be reached.',
    retryable: true,
  },
  unavailable: {
    description: 'A part that the request needs is away, or the server stops. Repeat after a pause.',
    http: 503,
    grpc: GRPC.unavailable,
    message: 'The service is not available right now.',
    retryable: true,
  },
  timeout: {
    description: 'The answer took too long. The request may have been carried out.',
    http: 504,
    grpc: GRPC.deadlineExceeded,
    message: 'The request took too long.',
    retryable: true,
  },
  internal: {
    description: 'An unexpected error. The trace id finds it in the logs.',
    http: 500,
    grpc: GRPC.internal,
    message: 'Something went wrong on the server.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorMapping>;
