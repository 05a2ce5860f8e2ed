import type { PeerId, RoomCode, TraceId } from '@parley/proto/ids';
import type { JoinTokenClaims } from '@parley/proto/rest';
import type { Identity } from '@parley/proto/room';

/** The peer behind a socket, as the handshake proved it. No request changes it. */
export type PeerIdentity = {
  readonly code: RoomCode;
  readonly peerId: PeerId;
  /** The person; several peers may be of one. */
  readonly identity: Identity;
  readonly traceId: TraceId;
  /** Names the network that the socket comes from, see `networkName`. */
  readonly network: string;
  /** The address that the socket comes from. Not for the store, nor for logs. */
  readonly address: string;
  readonly credentials:
    | { readonly kind: 'token'; readonly claims: JoinTokenClaims }
    | { readonly kind: 'resume'; readonly hash: string };
};
