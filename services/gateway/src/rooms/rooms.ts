import type { PeerId, RoomCode, TraceId } from '@parley/proto/ids';
import type {
  BanInfo,
  CallDetails,
  ErasureReport,
  LiveRoomInfo,
  PastCall,
  RoomInfo,
  Visit,
} from '@parley/proto/rest';
import type { Caller, Goodbye, Identity, Role, RoomSettingsChange } from '@parley/proto/room';

/** The caller for whom a request is made, and the trace that the request belongs to. */
export type OnBehalf = { readonly caller: Caller; readonly traceId: TraceId };

/** `owner`: its identity; null where there is none, or where it is not known now. */
export type LiveRoom = Omit<LiveRoomInfo, 'owner'> & { readonly owner: Identity | null };

/** What is absent stays as it is. */
export type RoomWish = {
  readonly title?: string | undefined;
  readonly settings?: RoomSettingsChange | undefined;
};
export type JoinWish = { readonly displayName: string; readonly passcode?: string | undefined };
export type GoodbyeWish = { readonly resumeSecret: string; readonly verb: Goodbye };
export type JoinGrant = {
  token: string;
  peerId: PeerId;
  expiresAt: number;
  waits: boolean;
  role: Role;
  /** Whether the person is in the room with another device. */
  elsewhere: boolean;
};

/**
 * The rooms, as the gateway needs them from their owner. Every method rejects with ParleyError: with `room_not_found` also where the
 * caller may not know more of a room.
 */
export interface Rooms {
  create(wish: RoomWish, by: OnBehalf): Promise<RoomInfo>;
  get(code: RoomCode, by: OnBehalf): Promise<RoomInfo>;
  /** The rooms of the caller, the newest first. `before`: `next` of the page before. */
  list(before: string | undefined, by: OnBehalf): Promise<{ rooms: RoomInfo[]; next: string | null }>;
  change(code: RoomCode, wish: RoomWish, by: OnBehalf): Promise<RoomInfo>;
  remove(code: RoomCode, by: OnBehalf): Promise<void>;
  authorizeJoin(code: RoomCode, wish: JoinWish, by: OnBehalf): Promise<JoinGrant>;
  /** Takes the goodbye of a page that goes away, for its peer. Rejects with `resume_rejected` for a secret that never was the peer's. */
  sayGoodbye(code: RoomCode, goodbye: GoodbyeWish, traceId: TraceId): Promise<void>;
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
  /** For operators. `after`: the last code of the page before. */
  listLive(
    after: RoomCode | undefined,
    by: OnBehalf,
  ): Promise<{ rooms: LiveRoom[]; more: boolean; total: number }>;
  endLive(code: RoomCode, by: OnBehalf): Promise<void>;
  /** For an account that is deleted. Its rooms go to the successor, or are deleted where there is none. */
  erase(identity: Identity, successor: Identity | undefined, traceId: TraceId): Promise<ErasureReport>;
  /** Rejects when no owner of rooms can be reached. */
  check(): Promise<void>;
}
