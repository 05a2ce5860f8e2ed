import type { JoinTokenClaims, PeerId, Permission, RoomCode, TraceId } from '@parley/proto';

/** Who is on the other side of a socket, as its handshake proved. Nothing a request says changes it. */
export type Identity = {
  readonly code: RoomCode;
  readonly peerId: PeerId;
  readonly permissions: readonly Permission[];
  readonly traceId: TraceId;
  readonly credentials:
    | { readonly kind: 'token'; readonly claims: JoinTokenClaims }
    | { readonly kind: 'resume'; readonly hash: string };
};
