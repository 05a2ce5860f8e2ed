import type { RouteAccess } from '@parley/proto/rest';

/** The account, or the guest, for whom a page makes its requests. */
export type Credentials = {
  /**
   * The access token for a request; null for a guest, at once. Rejects with CallFailure if nobody can know now whether somebody is logged in, and
   * the rule of the route asks for that.
   */
  token(access: RouteAccess): string | null | Promise<string | null>;
  /** Another token after the server has refused this one; null if nobody is logged in any more. Rejects with CallFailure. */
  renew(refused: string): Promise<string | null>;
};
