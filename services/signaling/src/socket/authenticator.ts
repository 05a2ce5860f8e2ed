import { networkName } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { TraceId } from '@parley/proto/ids';
import { handshakeAuthSchema } from '@parley/proto/requests';
import type { LiveRoomStore, PeerRef } from '../store/live-room-store.ts';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import type { JoinTokens } from '../directory/join-tokens.ts';
import { refusalOfGone } from '../peer/gone-peer.ts';
import { readResumeSecret } from '../peer/resume-secret.ts';

/** What the credentials prove. */
type Proven = Omit<PeerIdentity, 'address' | 'network'>;

type AuthenticatorOptions = {
  tokens: JoinTokens;
  store: LiveRoomStore;
  networkSecret: string;
  /** Somebody shows a resume secret of this peer that was used up: one of the two who have it has stolen it. */
  onSecretReused: (ref: PeerRef, traceId: TraceId) => void;
};

/** Turns the credentials of a handshake into an identity. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** Rejects with `unauthenticated`, `token_invalid`, `token_expired` or `resume_rejected`; with why the peer is gone if somebody ended it. */
  async authenticate(auth: unknown, address: string): Promise<PeerIdentity> {
    const parsed = handshakeAuthSchema.safeParse(auth);
    if (!parsed.success) throw new ParleyError('unauthenticated');
    const origin = { address, network: networkName(this.#options.networkSecret, address) };
    if ('token' in parsed.data) return { ...(await this.#fromToken(parsed.data.token)), ...origin };
    return { ...(await this.#fromSecret(parsed.data.resumeSecret)), ...origin };
  }

  async #fromToken(token: string): Promise<Proven> {
    const claims = await this.#options.tokens.verify(token);
    const { room: code, sub: peerId, identity, trace: traceId } = claims;
    return { code, peerId, identity, traceId, credentials: { kind: 'token', claims } };
  }

  /** The resume checks the secret again, in the same step that takes the peer over. */
  async #fromSecret(secret: string): Promise<Proven> {
    const { store } = this.#options;
    const claim = readResumeSecret(secret);
    if (claim === undefined) throw new ParleyError('resume_rejected');
    const { code, peerId, hash } = claim;
    const peer = await store.findPeer(code, peerId);
    if (peer === undefined) throw await refusalOfGone(store, code, peerId);
    const { identity, traceId, sessionId } = peer;
    if (peer.retiredSecretHashes.includes(hash))
      this.#options.onSecretReused({ code, peerId, sessionId }, traceId);
    if (!peer.resumeSecretHashes.includes(hash)) throw new ParleyError('resume_rejected');
    return { code, peerId, identity, traceId, credentials: { kind: 'resume', hash } };
  }
}
