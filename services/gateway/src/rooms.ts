import type { PeerId, RoomCode, RoomInfo, TraceId } from '@parley/proto';

export type JoinGrant = { token: string; peerId: PeerId; expiresAt: number };

/** What the gateway asks of whoever owns the rooms. Every method rejects with ParleyError. */
export interface Rooms {
  create(title: string, traceId: TraceId): Promise<RoomInfo>;
  get(code: RoomCode, traceId: TraceId): Promise<RoomInfo>;
  authorizeJoin(code: RoomCode, displayName: string, traceId: TraceId): Promise<JoinGrant>;
  /** Rejects when nobody who owns rooms can be reached. */
  check(): Promise<void>;
}
