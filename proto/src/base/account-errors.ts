import { GRPC } from './grpc-status.ts';

/** The errors of logging in, and of what needs an account. */
export const ACCOUNT_ERRORS = {
  credentials_invalid: {
    description: 'The e-mail address or the password is wrong, or there is no such account.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'The e-mail address or the password is wrong.',
    retryable: false,
  },
  account_needed: {
    description: 'This server lets only people with an account do this. Log in first.',
    http: 401,
    grpc: GRPC.unauthenticated,
    message: 'This needs an account.',
    retryable: false,
  },
  account_blocked: {
    description: 'An operator has blocked the account.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This account is blocked.',
    retryable: false,
  },
  address_blocked: {
    description: 'An operator has blocked the network that the request comes from.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This network is blocked.',
    retryable: false,
  },
  registration_closed: {
    description: 'This server makes no accounts for people who have no invitation, or for nobody.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This server takes no registrations.',
    retryable: false,
  },
  setup_needed: {
    description: 'This server has no account yet. The first one needs the setup code of the server.',
    http: 403,
    grpc: GRPC.failedPrecondition,
    message: 'The first account needs the setup code of this server.',
    retryable: false,
  },
  link_invalid: {
    description:
      'The link of a mail or of an invitation was used already, is too old, or is for somebody else.',
    http: 403,
    grpc: GRPC.permissionDenied,
    message: 'This link does not work any more.',
    retryable: false,
  },
  email_taken: {
    description: 'The e-mail address has an account already. Log in, or set another password.',
    http: 409,
    grpc: GRPC.alreadyExists,
    message: 'This e-mail address has an account already.',
    retryable: false,
  },
} as const;
