import { z } from 'zod';

const ACCOUNT = 'account:';
const BROWSER = 'browser:';

/**
 * A person, as the rooms know them: `account:<uuid>`, or `browser:<id>` for a guest, whose browser keeps the signed id. One person
 * with two devices is two peers of one identity.
 */
export const identitySchema = z
  .string()
  .regex(/^(account:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|browser:[A-Za-z0-9_-]{8,64})$/)
  .brand<'Identity'>();
export type Identity = z.infer<typeof identitySchema>;

/** Of a peer that an instance of an older version let in. Nobody's browser has this id: ids that are given out are longer. */
export const UNKNOWN_IDENTITY = identitySchema.parse(`${BROWSER}--------`);

/** Throws if the id is not a UUID. */
export function accountIdentity(accountId: string): Identity {
  return identitySchema.parse(`${ACCOUNT}${accountId}`);
}

/** Throws if the id is not one of a browser. */
export function browserIdentity(browserId: string): Identity {
  return identitySchema.parse(`${BROWSER}${browserId}`);
}

export function isGuest(identity: Identity): boolean {
  return identity.startsWith(BROWSER);
}

/** The id of the account; undefined for a guest. */
export function accountIdOf(identity: Identity): string | undefined {
  return isGuest(identity) ? undefined : identity.slice(ACCOUNT.length);
}

/**
 * For whom a request is made. Only the gateway makes one, from what it has checked itself, and never from the body of a request.
 */
export const callerSchema = z.strictObject({
  identity: identitySchema.nullable().describe('null: somebody who is not logged in and has no browser id'),
  accountName: z.string().max(64).nullable().describe('The display name of the account; null for a guest.'),
  isOperator: z.boolean(),
  addressHash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/)
    .describe("A keyed hash of the client's network, so that nobody can read the address from it."),
});
export type Caller = z.infer<typeof callerSchema>;

export const NOBODY: Caller = Object.freeze({
  identity: null,
  accountName: null,
  isOperator: false,
  addressHash: '',
});
