import type { RouteResult } from '@parley/proto/rest';
import { pageRest } from '../call/base/rest-client.ts';

/** Which ways to log in and to register the server has, and what it lets guests do. */
export type AccountOptions = RouteResult<'getAccountOptions'>;

let asked: Promise<AccountOptions> | null = null;

/** Asks once for each page. Rejects with CallFailure; then the next call asks again. */
export function loadAccountOptions(): Promise<AccountOptions> {
  asked ??= pageRest.call('getAccountOptions', {}).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** The first account was made, or accounts were away: what the server said may hold no longer. */
export function forgetAccountOptions(): void {
  asked = null;
}
