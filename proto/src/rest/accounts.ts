import { z } from 'zod';
import type { RouteContract, RouteRate } from './route-contract.ts';
import { displayNameSchema } from '../base/text.ts';

const epochMs = z.int().min(0).describe('milliseconds since the Unix epoch');

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 256;

/** One account has one address, in small letters. */
export const emailSchema = z
  .string()
  .max(254)
  .trim()
  .toLowerCase()
  .regex(/^[^\s@<>"(),:;[\]\\\p{C}]{1,64}@[^\s@<>"(),:;[\]\\\p{C}]{1,189}$/u, {
    error: 'must be an e-mail address',
  });

const newPasswordSchema = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const givenPasswordSchema = z.string().min(1).max(PASSWORD_MAX);
/** The random part of a link: of an invitation, a new password, a confirmation. */
const linkTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const accountIdSchema = z.uuid().brand<'AccountId'>();
export type AccountId = z.infer<typeof accountIdSchema>;

export const accountSchema = z.strictObject({
  id: accountIdSchema,
  email: z.string().max(254),
  displayName: z.string().max(64),
  isOperator: z.boolean().describe('whether the account may use the routes of operators'),
  hasPassword: z.boolean().describe('false for an account that logs in through a provider only'),
  createdAt: epochMs,
});
export type Account = z.infer<typeof accountSchema>;

const sessionSchema = z.strictObject({
  accessToken: z.string().max(2048).describe('for the header `Authorization: Bearer`'),
  expiresAt: epochMs.describe('milliseconds since the Unix epoch; ask for another access token before'),
  account: accountSchema,
});
/** The answer to a log-in. The refresh token is in a cookie, which no script can read. */
export type AccountSession = z.infer<typeof sessionSchema>;

const sessionDeviceSchema = z.strictObject({
  browser: z.enum(['Firefox', 'Chrome', 'Edge', 'Safari', 'Opera', 'Samsung Internet']).nullable(),
  system: z.enum(['Windows', 'macOS', 'Linux', 'Android', 'iOS', 'ChromeOS']).nullable(),
});
/** What a browser said of itself at its log-in, in the names of the products, which no language translates; null for what is not known. */
export type SessionDevice = z.infer<typeof sessionDeviceSchema>;

const sessionInfoSchema = z.strictObject({
  id: z.uuid(),
  device: sessionDeviceSchema.describe('what the browser said of itself at the log-in; null: not known'),
  startedAt: epochMs,
  lastUsedAt: epochMs,
  isCurrent: z.boolean().describe('whether it is the session that asks'),
});
/** One log-in of an account, as its person sees it. */
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

export const SESSIONS_MAX = 50;

export const registrationSchema = z
  .enum(['open', 'invited', 'closed'])
  .describe('who may make an account: anybody, people with an invitation, nobody');
export const roomCreationSchema = z
  .enum(['anybody', 'accounts'])
  .describe('who may make a room: anybody, or people with an account');

/** Pages of the UI to which links of mails lead, with the token behind `#`, so that no server and no log gets it. */
export const ACCOUNT_PAGES = {
  confirm: '/register/confirm',
  invitation: '/register',
  resetPassword: '/reset-password',
  /** After a log-in through a provider, with `?openid=done` or `?openid=` and the code of an error. */
  logIn: '/login',
} as const;

/** The claims of an access token, a JWT (EdDSA) that lives for 15 minutes. The gateway signs and verifies it. */
export const accessTokenClaimsSchema = z.strictObject({
  iss: z.literal('parley'),
  aud: z.literal('parley-api'),
  sub: accountIdSchema,
  name: z.string().max(64).describe('the display name of the account'),
  sid: z.uuid().describe('the session; the token is void when the session has ended'),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
});
export type AccessTokenClaims = z.infer<typeof accessTokenClaimsSchema>;

/** What costs a hash of a password or a mail. Both are counted for each account as well, whether it exists or not. */
const COSTLY: RouteRate = {
  perClient: { burst: 20, perSecond: 0.1 },
  total: { burst: 200, perSecond: 20 },
};
const PLAIN: RouteRate = { perClient: { burst: 120, perSecond: 4 } };

const listedAccountSchema = accountSchema.extend({
  isBlocked: z.boolean(),
  lastSeenAt: epochMs.nullable().describe('when a session was last used; null for none'),
});

const blockedAddressSchema = z.strictObject({
  id: z.uuid(),
  network: z.string().max(64).describe('an IPv4 address, or the /64 around one of IPv6'),
  note: z.string().max(200),
  blockedAt: epochMs,
  endsAt: epochMs,
});
export type BlockedAddress = z.infer<typeof blockedAddressSchema>;

const erasureSchema = z.strictObject({
  roomsDeleted: z.int().min(0),
  roomsHandedOver: z.int().min(0),
  attendanceAnonymised: z.int().min(0),
  messagesAnonymised: z.int().min(0),
  bansDeleted: z.int().min(0),
  actsAnonymised: z.int().min(0),
});
/** What was done for an account that is deleted. */
export type ErasureReport = z.infer<typeof erasureSchema>;

const accountParams = z.strictObject({ accountId: accountIdSchema });

/** The routes of accounts. They are part of `ROUTES`. */
export const ACCOUNT_ROUTES = {
  getAccountOptions: {
    method: 'GET',
    path: '/api/auth/options',
    access: 'anybody',
    description: 'Returns which ways to log in and to register this server has.',
    rate: PLAIN,
    status: 200,
    response: z.strictObject({
      available: z.boolean().describe('false while accounts cannot be used; guests can go on'),
      guests: z.boolean().describe('whether people without an account may use rooms'),
      registration: registrationSchema,
      roomCreation: roomCreationSchema,
      setupNeeded: z
        .boolean()
        .describe('true until the first account was made, which needs the setup code of this server'),
      mail: z.boolean().describe('whether this server sends mails'),
      openId: z
        .strictObject({ name: z.string().max(64).describe('for the button') })
        .nullable()
        .describe('null without a provider'),
    }),
  },
  getSigningKeys: {
    method: 'GET',
    path: '/api/.well-known/jwks.json',
    access: 'anybody',
    description: 'Returns the public keys of access tokens, as a JSON Web Key Set.',
    rate: PLAIN,
    status: 200,
    response: z.strictObject({ keys: z.array(z.record(z.string(), z.string())).max(16) }),
  },
  register: {
    method: 'POST',
    path: '/api/auth/register',
    access: 'anybody',
    description:
      'Makes an account. The first one needs the setup code and becomes an operator. Where this server sends mails, the answer is without a session and a mail brings a link to go on, whether the address has an account or not.',
    rate: COSTLY,
    body: z.strictObject({
      email: emailSchema,
      password: newPasswordSchema,
      displayName: displayNameSchema,
      invitation: linkTokenSchema.optional(),
      setupCode: z.string().max(64).optional(),
    }),
    status: 200,
    response: z.strictObject({ session: sessionSchema.nullable() }),
  },
  confirmRegistration: {
    method: 'POST',
    path: '/api/auth/register/confirm',
    access: 'anybody',
    description: 'Makes the account that the link of a mail belongs to, and logs in.',
    rate: COSTLY,
    body: z.strictObject({ token: linkTokenSchema }),
    status: 200,
    response: sessionSchema,
  },
  logIn: {
    method: 'POST',
    path: '/api/auth/login',
    access: 'anybody',
    description:
      'Logs in with e-mail address and password. Answers alike, and as late, for an unknown address and a wrong password.',
    rate: COSTLY,
    body: z.strictObject({ email: emailSchema, password: givenPasswordSchema }),
    status: 200,
    response: sessionSchema,
  },
  refreshSession: {
    method: 'POST',
    path: '/api/auth/refresh',
    access: 'session',
    description:
      'Returns another access token, and another refresh token in the cookie. A refresh token works once; if one comes again later than seconds after its use, its session ends.',
    rate: PLAIN,
    status: 200,
    response: sessionSchema,
  },
  logOut: {
    method: 'POST',
    path: '/api/auth/logout',
    access: 'anybody',
    description: 'Ends the session of the cookie, if there is one, and its access tokens.',
    rate: PLAIN,
    status: 204,
    response: z.void(),
  },
  getAccount: {
    method: 'GET',
    path: '/api/account',
    access: 'account',
    description: 'Returns the account that is logged in.',
    rate: PLAIN,
    status: 200,
    response: accountSchema,
  },
  changeAccount: {
    method: 'POST',
    path: '/api/account',
    access: 'account',
    description: 'Changes the name that others see.',
    rate: PLAIN,
    body: z.strictObject({ displayName: displayNameSchema }),
    status: 200,
    response: accountSchema,
  },
  listSessions: {
    method: 'GET',
    path: '/api/account/sessions',
    access: 'account',
    description: 'Returns the sessions of the account, the one that was used last first.',
    rate: PLAIN,
    status: 200,
    response: z.strictObject({ sessions: z.array(sessionInfoSchema).max(SESSIONS_MAX) }),
  },
  endSession: {
    method: 'POST',
    path: '/api/account/sessions/{sessionId}/end',
    access: 'account',
    description: 'Ends a session of the account, and its access tokens.',
    rate: PLAIN,
    params: z.strictObject({ sessionId: z.uuid() }),
    status: 204,
    response: z.void(),
  },
  endOtherSessions: {
    method: 'POST',
    path: '/api/account/sessions/end-others',
    access: 'account',
    description: 'Ends all sessions of the account but the one that asks.',
    rate: PLAIN,
    status: 204,
    response: z.void(),
  },
  changePassword: {
    method: 'POST',
    path: '/api/account/password',
    access: 'account',
    description:
      'Sets another password and ends all other sessions. Needs the current password; an account without one needs a log-in of the last ten minutes.',
    rate: COSTLY,
    body: z.strictObject({ currentPassword: givenPasswordSchema.optional(), newPassword: newPasswordSchema }),
    status: 204,
    response: z.void(),
  },
  deleteAccount: {
    method: 'POST',
    path: '/api/account/delete',
    access: 'account',
    description:
      'Deletes the account with its sessions, its rooms and bans of it, takes its name out of attendance, chat and the logs of acts, and says what was done. Needs the password; an account without one needs a log-in of the last ten minutes. The last operator stays.',
    rate: COSTLY,
    body: z.strictObject({ password: givenPasswordSchema.optional() }),
    status: 200,
    response: erasureSchema,
  },
  requestPasswordReset: {
    method: 'POST',
    path: '/api/auth/password-reset',
    access: 'anybody',
    description:
      'Sends a link for a new password, if the address has an account. The answer is the same if not. `unavailable` where this server sends no mails.',
    rate: COSTLY,
    body: z.strictObject({ email: emailSchema }),
    status: 204,
    response: z.void(),
  },
  resetPassword: {
    method: 'POST',
    path: '/api/auth/password-reset/confirm',
    access: 'anybody',
    description: 'Sets another password by the link, and ends all sessions of the account.',
    rate: COSTLY,
    body: z.strictObject({ token: linkTokenSchema, newPassword: newPasswordSchema }),
    status: 204,
    response: z.void(),
  },
  startOpenId: {
    method: 'GET',
    path: '/api/auth/openid',
    access: 'anybody',
    description:
      'Leads the browser to the log-in of the OpenID Connect provider; to `/login?openid=unavailable` while that cannot be reached.',
    rate: COSTLY,
    status: 302,
    response: z.void(),
  },
  finishOpenId: {
    method: 'GET',
    path: '/api/auth/openid/callback',
    access: 'anybody',
    description:
      'Takes the answer of the provider, logs in, and leads the browser to `/login?openid=done`, or to `/login?openid=` with the code of an error.',
    rate: COSTLY,
    status: 302,
    response: z.void(),
  },
  listAccounts: {
    method: 'GET',
    path: '/api/operator/accounts',
    access: 'operator',
    description: 'Returns accounts in the order of their addresses, a page at a time.',
    rate: PLAIN,
    query: z.strictObject({
      search: z.string().max(254).optional().describe('a part of the address or of the name'),
      after: emailSchema.optional().describe('the last address of the page before'),
    }),
    status: 200,
    response: z.strictObject({ accounts: z.array(listedAccountSchema).max(50), hasMore: z.boolean() }),
  },
  blockAccount: {
    method: 'POST',
    path: '/api/operator/accounts/{accountId}/block',
    access: 'operator',
    description: 'Ends all sessions of the account. It cannot log in until it is unblocked.',
    rate: PLAIN,
    params: accountParams,
    status: 204,
    response: z.void(),
  },
  unblockAccount: {
    method: 'POST',
    path: '/api/operator/accounts/{accountId}/unblock',
    access: 'operator',
    description: 'Lets the account log in again.',
    rate: PLAIN,
    params: accountParams,
    status: 204,
    response: z.void(),
  },
  listBlockedAddresses: {
    method: 'GET',
    path: '/api/operator/blocked-addresses',
    access: 'operator',
    description: 'Returns the addresses that are blocked.',
    rate: PLAIN,
    status: 200,
    response: z.strictObject({ addresses: z.array(blockedAddressSchema).max(1_000) }),
  },
  blockAddress: {
    method: 'POST',
    path: '/api/operator/blocked-addresses',
    access: 'operator',
    description: 'Refuses accounts and rooms to an address, with IPv6 to its /64, for a number of days.',
    rate: PLAIN,
    body: z.strictObject({
      address: z.union([z.ipv4(), z.ipv6()]),
      note: z.string().max(200).default(''),
      days: z.int().min(1).max(365).default(30),
    }),
    status: 201,
    response: blockedAddressSchema,
  },
  unblockAddress: {
    method: 'POST',
    path: '/api/operator/blocked-addresses/{blockId}/unblock',
    access: 'operator',
    description: 'Ends the block of an address.',
    rate: PLAIN,
    params: z.strictObject({ blockId: z.uuid() }),
    status: 204,
    response: z.void(),
  },
  createInvitation: {
    method: 'POST',
    path: '/api/operator/invitations',
    access: 'operator',
    description: 'Makes an invitation, with which one person can make an account within seven days.',
    rate: PLAIN,
    body: z.strictObject({
      email: emailSchema
        .optional()
        .describe('Only this address can use it. Where this server sends mails, it gets one.'),
    }),
    status: 201,
    response: z.strictObject({
      token: linkTokenSchema,
      path: z.string().max(128).describe('of the page, with the token'),
      expiresAt: epochMs,
    }),
  },
} as const satisfies Record<string, RouteContract>;
