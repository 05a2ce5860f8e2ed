import { ParleyError } from '@parley/proto/errors';
import { accessTokenClaimsSchema, type AccessTokenClaims } from '@parley/proto/rest';
import { jwtVerify, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import type { AccountRow } from '../store/account-repository.ts';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.ts';

const ISSUER = 'parley';
const AUDIENCE = 'parley-api';
const TYPE = 'at+jwt';
const LIFETIME_S = 15 * 60;
/** The clocks of two gateways may differ by so much. */
const CLOCK_TOLERANCE_S = 5;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const TOKEN_MAX = 2_048;

/** `expiresAt` in milliseconds since the epoch. */
type IssuedToken = { token: string; expiresAt: number };

/** Signs and verifies access tokens, which name an account and its session for 15 minutes. */
export class AccessTokens {
  readonly #keys: SigningKeys;
  readonly #now: () => number;

  constructor(keys: SigningKeys, now: () => number = Date.now) {
    this.#keys = keys;
    this.#now = now;
  }

  async issue({ id: accountId, displayName }: AccountRow, sessionId: string): Promise<IssuedToken> {
    const { id, key } = await this.#keys.current();
    const issuedAt = Math.floor(this.#now() / 1_000);
    const expiresAt = issuedAt + LIFETIME_S;
    const token = await new SignJWT({ sid: sessionId, name: displayName })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: TYPE, kid: id })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(accountId)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { token, expiresAt: expiresAt * 1_000 };
  }

  /** Reads the header Authorization. Rejects with `unauthenticated`, or `unavailable` if the keys cannot be read. */
  async verify(authorization: string): Promise<AccessTokenClaims> {
    const token = BEARER.exec(authorization.slice(0, TOKEN_MAX + 7))?.[1];
    if (token === undefined || token.length > TOKEN_MAX) throw new ParleyError('unauthenticated');
    const verified = await jwtVerify(token, (header) => this.#keyOf(header), {
      algorithms: [SIGNING_ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat', 'nbf', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(this.#now()),
    }).catch((error: unknown) => {
      throw error instanceof ParleyError ? error : new ParleyError('unauthenticated');
    });
    const claims = accessTokenClaimsSchema.safeParse(verified.payload);
    if (!claims.success) throw new ParleyError('unauthenticated');
    return claims.data;
  }

  async #keyOf({ kid }: JWTHeaderParameters): Promise<CryptoKey> {
    const key = kid === undefined ? undefined : await this.#keys.find(kid);
    if (key === undefined) throw new ParleyError('unauthenticated');
    return key;
  }
}
