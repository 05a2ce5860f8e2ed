import { handshakeAuthSchema, ParleyError } from '@parley/proto';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { Identity } from '../peer/identity.ts';
import type { JoinTokens } from '../directory/join-tokens.ts';
import { readResumeSecret } from '../peer/resume-secret.ts';

/** Turns the credentials of a handshake into an identity. */
export class Authenticator {
  readonly #tokens: JoinTokens;
  readonly #store: LiveRoomStore;

  constructor(tokens: JoinTokens, store: LiveRoomStore) {
    this.#tokens = tokens;
    this.#store = store;
  }

  /** Rejects with `unauthenticated`, `token_invalid`, `token_expired` or `resume_rejected`. */
  async authenticate(auth: unknown): Promise<Identity> {
    const parsed = handshakeAuthSchema.safeParse(auth);
    if (!parsed.success) throw new ParleyError('unauthenticated');
    if ('token' in parsed.data) return this.#fromToken(parsed.data.token);
    return this.#fromSecret(parsed.data.resumeSecret);
  }

  async #fromToken(token: string): Promise<Identity> {
    const claims = await this.#tokens.verify(token);
    const { room: code, sub: peerId, permissions, trace: traceId } = claims;
    return { code, peerId, permissions, traceId, credentials: { kind: 'token', claims } };
  }

  /** The resume checks the secret again, in the same step that takes the peer over. */
  async #fromSecret(secret: string): Promise<Identity> {
    const claim = readResumeSecret(secret);
    const peer = claim && (await this.#store.findPeer(claim.code, claim.peerId));
    if (claim === undefined || peer?.resumeSecretHashes.includes(claim.hash) !== true) {
      throw new ParleyError('resume_rejected');
    }
    const { code, peerId, hash } = claim;
    const { permissions, traceId } = peer;
    return { code, peerId, permissions, traceId, credentials: { kind: 'resume', hash } };
  }
}
