import { z } from 'zod';

/** How one error code looks on each wire. `grpc` is a numeric gRPC status, `http` an HTTP status. */
type ErrorMapping = { http: number; grpc: number; message: string; retryable: boolean };

const GRPC = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/**
 * Every error a client may see. The key is the stable code; the message is the default text for a person who
 * reads a log. The UI has its own words for each.
 */
export const ERRORS = {
  invalid_request: {
    http: 400,
    grpc: GRPC.invalidArgument,
    message: 'The request is malformed.',
    retryable: false,
  },
  invalid_room_code: {
    http: 400,
    grpc: GRPC.invalidArgument,
    message: 'That is not a room code.',
    retryable: false,
  },
  payload_too_large: {
    http: 413,
    grpc: GRPC.invalidArgument,
    message: 'The request is too large.',
    retryable: false,
  },
  unsupported_media_type: {
    http: 415,
    grpc: GRPC.invalidArgument,
    message: 'The body must be application/json.',
    retryable: false,
  },
  unauthenticated: {
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'No valid credentials.',
    retryable: false,
  },
  token_invalid: {
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The join token is not valid.',
    retryable: false,
  },
  token_expired: {
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The join token has expired.',
    retryable: false,
  },
  token_used: {
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The join token was used, and its peer has left.',
    retryable: false,
  },
  resume_rejected: {
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The session can no longer be resumed.',
    retryable: false,
  },
  forbidden: { http: 403, grpc: GRPC.permissionDenied, message: 'Not allowed.', retryable: false },
  origin_not_allowed: {
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This origin is not allowed.',
    retryable: false,
  },
  not_found: { http: 404, grpc: GRPC.notFound, message: 'Not found.', retryable: false },
  method_not_allowed: {
    http: 405,
    grpc: GRPC.notFound,
    message: 'This path does not take that method.',
    retryable: false,
  },
  room_not_found: { http: 404, grpc: GRPC.notFound, message: 'There is no such room.', retryable: false },
  peer_not_found: {
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such peer in this room.',
    retryable: false,
  },
  transport_not_found: {
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such transport.',
    retryable: false,
  },
  producer_not_found: {
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such producer.',
    retryable: false,
  },
  consumer_not_found: {
    http: 404,
    grpc: GRPC.notFound,
    message: 'There is no such consumer.',
    retryable: false,
  },
  not_joined: { http: 409, grpc: GRPC.failedPrecondition, message: 'Join the room first.', retryable: false },
  already_joined: { http: 409, grpc: GRPC.alreadyExists, message: 'Already joined.', retryable: false },
  conflict: {
    http: 409,
    grpc: GRPC.alreadyExists,
    message: 'This contradicts the current state.',
    retryable: false,
  },
  cannot_consume: {
    http: 409,
    grpc: GRPC.failedPrecondition,
    message: 'This device cannot decode that media.',
    retryable: false,
  },
  closed: { http: 409, grpc: GRPC.failedPrecondition, message: 'It is closed already.', retryable: false },
  room_full: { http: 409, grpc: GRPC.resourceExhausted, message: 'The room is full.', retryable: true },
  rate_limited: { http: 429, grpc: GRPC.resourceExhausted, message: 'Too many requests.', retryable: true },
  at_capacity: {
    http: 503,
    grpc: GRPC.resourceExhausted,
    message: 'No media capacity is left right now.',
    retryable: true,
  },
  media_unavailable: {
    http: 503,
    grpc: GRPC.unavailable,
    message: 'The media service cannot be reached.',
    retryable: true,
  },
  unavailable: {
    http: 503,
    grpc: GRPC.unavailable,
    message: 'The service is not available right now.',
    retryable: true,
  },
  timeout: { http: 504, grpc: GRPC.deadlineExceeded, message: 'The request took too long.', retryable: true },
  internal: {
    http: 500,
    grpc: GRPC.internal,
    message: 'Something went wrong on the server.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorMapping>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

export const errorBodySchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string().max(500),
  traceId: z.string().max(64).optional(),
});

/** What crosses a wire when something failed: REST bodies, socket acks. */
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** The one error class. Its `code` is stable; its `message` is safe to show and to log. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message?: string, options?: ErrorOptions) {
    super(message ?? ERRORS[code].message, options);
    this.code = code;
  }

  toBody(traceId?: string): ErrorBody {
    const body = { code: this.code, message: this.message.slice(0, 500) };
    return traceId === undefined ? body : { ...body, traceId };
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}
