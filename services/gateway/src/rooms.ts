import type {
  BanInfo,
  CallDetails,
  Caller,
  ErasureReport,
  Identity,
  PastCall,
  PeerId,
  Role,
  RoomCode,
  RoomInfo,
  RoomSettingsChange,
  TraceId,
  Visit,
} from '@parley/proto';

/** For whom a request is made, and the trace that it belongs to. */
export type OnBehalf = { readonly caller: Caller; readonly traceId: TraceId };

/** What is absent stays as it is. */
export type RoomWish = {
  readonly title?: string | undefined;
  readonly settings?: RoomSettingsChange | undefined;
};
export type JoinWish = { readonly displayName: string; readonly passcode?: string | undefined };
export type JoinGrant = { token: string; peerId: PeerId; expiresAt: number; waits: boolean; role: Role };

/**
 * The rooms, as the gateway needs them from their owner. Every method rejects with ParleyError: with `room_not_found` also where the
 * caller may not know more of a room.
 */
export interface Rooms {
  create(wish: RoomWish, by: OnBehalf): Promise<RoomInfo>;
  get(code: RoomCode, by: OnBehalf): Promise<RoomInfo>;
  /** Those of the caller, the newest first. `before`: `next` of the page before. */
  list(before: string | undefined, by: OnBehalf): Promise<{ rooms: RoomInfo[]; next: string | null }>;
  change(code: RoomCode, wish: RoomWish, by: OnBehalf): Promise<RoomInfo>;
  remove(code: RoomCode, by: OnBehalf): Promise<void>;
  authorizeJoin(code: RoomCode, wish: JoinWish, by: OnBehalf): Promise<JoinGrant>;
  listBans(code: RoomCode, by: OnBehalf): Promise<BanInfo[]>;
  liftBan(code: RoomCode, banId: string, by: OnBehalf): Promise<void>;
  /** `before` in milliseconds since the epoch, as for `listVisits`. */
  listCalls(
    code: RoomCode,
    before: number | undefined,
    by: OnBehalf,
  ): Promise<{ calls: PastCall[]; more: boolean }>;
  getCall(code: RoomCode, callId: string, by: OnBehalf): Promise<CallDetails>;
  listVisits(before: number | undefined, by: OnBehalf): Promise<{ visits: Visit[]; more: boolean }>;
  /** For an account that is deleted. Its rooms go to the successor, or are deleted where there is none. */
  erase(identity: Identity, successor: Identity | undefined, traceId: TraceId): Promise<ErasureReport>;
  /** Rejects when no owner of rooms can be reached. */
  check(): Promise<void>;
}
