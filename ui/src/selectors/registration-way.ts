import type { AccountOptions } from '../account/account-options.ts';
import { MALFORMED, type LinkToken } from '../browser/links/link-token.ts';

/** What lets a person make an account: the setup code, an invitation, or nothing at all. */
export type Admission =
  | { readonly kind: 'first' }
  | { readonly kind: 'invited'; readonly invitation: string }
  | { readonly kind: 'open' };

/** How somebody who opens the page of the registration can have an account; or why not. */
export type RegistrationWay =
  | Admission
  | { readonly kind: 'closed' }
  | { readonly kind: 'needsInvitation' }
  | { readonly kind: 'brokenLink' };

/** @param token What stands behind `#` in the address: an invitation. */
export function registrationWay(
  { setupNeeded, registration }: Pick<AccountOptions, 'setupNeeded' | 'registration'>,
  token: LinkToken,
): RegistrationWay {
  if (setupNeeded) return { kind: 'first' };
  if (registration === 'closed') return { kind: 'closed' };
  if (token === MALFORMED) return { kind: 'brokenLink' };
  if (token !== null) return { kind: 'invited', invitation: token };
  return registration === 'open' ? { kind: 'open' } : { kind: 'needsInvitation' };
}
