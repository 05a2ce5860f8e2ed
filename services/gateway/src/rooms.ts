import type { Caller, PeerId, RoomCode, RoomInfo, TraceId } from '@parley/proto';

/** For whom a request is made, and the trace that it belongs to. */
export type OnBehalf = { readonly caller: Caller; readonly traceId: TraceId };

export type JoinGrant = { token: string; peerId: PeerId; expiresAt: number };

/** The rooms, as the gateway needs them from their owner. Every method rejects with ParleyError. */
export interface Rooms {
  create(title: string, by: OnBehalf): Promise<RoomInfo>;
  get(code: RoomCode, traceId: TraceId): Promise<RoomInfo>;
  authorizeJoin(code: RoomCode, displayName: string, by: OnBehalf): Promise<JoinGrant>;
  /** Rejects when no owner of rooms can be reached. */
  check(): Promise<void>;
}
