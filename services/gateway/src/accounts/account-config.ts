import { envSchema, withPassword } from '@parley/common/config';
import { serverTrustField, type ServerTrust } from '@parley/common/trust';
import type { z } from 'zod';
import type { AccountsOptions } from './accounts.ts';

/** The variables of accounts. */
export const accountConfigShape = {
  ACCOUNTS_DATABASE_URL: envSchema
    .url(['postgres', 'postgresql'])
    .optional()
    .describe('PostgreSQL with the schema `accounts`; without it this server has no accounts'),
  ACCOUNTS_DATABASE_PASSWORD: envSchema
    .text()
    .optional()
    .describe('the password for it, if the address has none; any characters'),
  DATABASE_TLS_AUTHORITY: serverTrustField.authority('PostgreSQL', 'DATABASE_TLS_AUTHORITY'),
  DATABASE_TLS_NAME: serverTrustField.name('PostgreSQL'),
  GUESTS: envSchema.boolean(true).describe('whether people without an account may use rooms'),
  REGISTRATION: envSchema
    .oneOf(['open', 'invited', 'closed'], 'open')
    .describe('who may make an account: anybody, people with an invitation of an operator, nobody'),
  ROOM_CREATION: envSchema
    .oneOf(['anybody', 'accounts'], 'anybody')
    .describe('who may make a room: anybody, or people with an account'),
  PUBLIC_URL: envSchema
    .url(['http', 'https'])
    .optional()
    .describe(
      'where people open Parley, such as https://meet.example.com: for links in mails and for OpenID Connect',
    ),
  SMTP_URL: envSchema
    .url(['smtp', 'smtps'])
    .optional()
    .describe(
      'the mail server, such as smtp://user@mail.example.com:587; without it nobody gets a mail, and operators hand over links',
    ),
  SMTP_PASSWORD: envSchema
    .text()
    .optional()
    .describe('the password for it, if the address has none; any characters'),
  MAIL_FROM: envSchema.text().optional().describe('the sender of mails, such as Parley <parley@example.com>'),
  OPENID_ISSUER: envSchema
    .url(['http', 'https'])
    .optional()
    .describe(
      'the OpenID Connect provider by which people can log in; its callback is `/api/auth/openid/callback`',
    ),
  OPENID_CLIENT_ID: envSchema.text().optional().describe('as the provider knows this server'),
  OPENID_CLIENT_SECRET: envSchema.text().optional().describe('what we show the provider'),
  OPENID_NAME: envSchema.text('OpenID').describe('the name of the provider, for the button'),
  OPENID_REGISTRATION: envSchema
    .boolean(true)
    .describe('whether somebody without an account gets one with the first log-in through the provider'),
  OPENID_TRUST_EMAIL: envSchema
    .boolean(false)
    .describe('whether an address counts as verified if the provider says nothing about it'),
} as const;

type AccountConfig = Readonly<z.output<z.ZodObject<typeof accountConfigShape>>>;
type Variable = keyof AccountConfig | 'IDENTITY_KEY';

/** What a variable needs besides it. */
const NEEDS: readonly (readonly [variable: Variable, needed: readonly Variable[]])[] = [
  ['ACCOUNTS_DATABASE_URL', ['IDENTITY_KEY']],
  ['SMTP_URL', ['ACCOUNTS_DATABASE_URL', 'PUBLIC_URL', 'MAIL_FROM']],
  ['OPENID_ISSUER', ['ACCOUNTS_DATABASE_URL', 'PUBLIC_URL', 'OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET']],
];

/** Each feature is off or has what it needs; and who lets in nobody without an account must have accounts. */
export function checkAccountConfig(
  config: Partial<AccountConfig> & { IDENTITY_KEY?: string | undefined },
  context: z.RefinementCtx,
): void {
  const missing = (name: Variable, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message, input: undefined });
  for (const [variable, needed] of NEEDS) {
    if (config[variable] === undefined) continue;
    for (const name of needed)
      if (config[name] === undefined) missing(name, `is not set, and ${variable} needs it`);
  }
  const needsAccounts = config.GUESTS === false || config.ROOM_CREATION === 'accounts';
  if (needsAccounts && config.ACCOUNTS_DATABASE_URL === undefined)
    missing('ACCOUNTS_DATABASE_URL', 'is not set, and GUESTS or ROOM_CREATION asks people for an account');
}

/** What `Accounts` needs of the configuration. */
export function accountOptions(config: AccountConfig): Pick<AccountsOptions, 'policy' | 'mail' | 'openId'> {
  const { PUBLIC_URL: publicUrl, SMTP_URL: smtpUrl, MAIL_FROM: from } = config;
  const { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret } = config;
  const { GUESTS: guests, REGISTRATION: registration, ROOM_CREATION: roomCreation } = config;
  const policy = Object.freeze({ guests, registration, roomCreation });
  const mail =
    smtpUrl !== undefined && from !== undefined && publicUrl !== undefined
      ? { url: withPassword(smtpUrl, config.SMTP_PASSWORD), from, publicUrl }
      : undefined;
  const openId =
    issuer !== undefined && clientId !== undefined && clientSecret !== undefined && publicUrl !== undefined
      ? {
          issuer,
          clientId,
          clientSecret,
          publicUrl,
          name: config.OPENID_NAME,
          makesAccounts: config.OPENID_REGISTRATION,
          trustsEmail: config.OPENID_TRUST_EMAIL,
        }
      : undefined;
  return { policy, mail, openId };
}

/** How PostgreSQL has to prove itself. `undefined` leaves it to the address whether there is TLS. */
export function accountTrustOf(config: Partial<AccountConfig>): ServerTrust | undefined {
  const { DATABASE_TLS_AUTHORITY: authority, DATABASE_TLS_NAME: name } = config;
  return authority === undefined && name === undefined ? undefined : { authority, name };
}
