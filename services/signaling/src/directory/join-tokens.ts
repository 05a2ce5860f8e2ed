import { randomUUID } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import { peerIdSchema, type PeerId, type RoomCode, type TraceId } from '@parley/proto/ids';
import { joinTokenClaimsSchema, type JoinTokenClaims } from '@parley/proto/rest';
import type { Identity, Role } from '@parley/proto/room';
import { errors, jwtVerify, SignJWT } from 'jose';

const ALGORITHM = 'HS256';
const ISSUER = 'parley';
const AUDIENCE = 'parley-signaling';

type Grant = Readonly<{
  room: RoomCode;
  name: string;
  identity: Identity;
  role: Role;
  /** Whether a host has to admit the peer. */
  waits: boolean;
  /** The mark of the passcode that the person gave, see `passcodeMark`. */
  passcode: string | null;
  addressHash: string;
  trace: TraceId;
}>;

/** `expiresAt` in milliseconds since the epoch. */
type IssuedToken = { token: string; peerId: PeerId; expiresAt: number };

/** Signs and verifies join tokens, which name a peer of one room for a few minutes. */
export class JoinTokens {
  readonly #key: Uint8Array;
  readonly #lifetimeSeconds: number;

  constructor(secret: string, lifetimeSeconds: number) {
    this.#key = new TextEncoder().encode(secret);
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  /** For a new peer. */
  async issue(grant: Grant): Promise<IssuedToken> {
    const peerId = peerIdSchema.parse(randomUUID());
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + this.#lifetimeSeconds;
    const token = await new SignJWT({ ...grant })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(peerId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#key);
    return { token, peerId, expiresAt: expiresAt * 1000 };
  }

  /** Rejects with `token_expired` or `token_invalid`. */
  async verify(token: string): Promise<JoinTokenClaims> {
    const verified = await jwtVerify(token, this.#key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat', 'sub'],
    }).catch((error: unknown) => {
      throw new ParleyError(error instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid');
    });
    const claims = joinTokenClaimsSchema.safeParse(verified.payload);
    if (!claims.success) throw new ParleyError('token_invalid');
    return claims.data;
  }
}
