import type { PeerId, RoomCode, RoomInfo, TraceId } from '@parley/proto';

export type JoinGrant = { token: string; peerId: PeerId; expiresAt: number };

/** The rooms, as the gateway needs them from their owner. Every method rejects with ParleyError. */
export interface Rooms {
  create(title: string, traceId: TraceId): Promise<RoomInfo>;
  get(code: RoomCode, traceId: TraceId): Promise<RoomInfo>;
  authorizeJoin(code: RoomCode, displayName: string, traceId: TraceId): Promise<JoinGrant>;
  /** Rejects when no owner of rooms can be reached. */
  check(): Promise<void>;
}
