import { ParleyError } from '@parley/proto/errors';
import { peerIdSchema, roomCodeSchema, type RoomCode, type TraceId } from '@parley/proto/ids';
import type {
  BanInfo,
  CallDetails,
  ErasureReport,
  PastAct,
  PastCall,
  RoomInfo,
  Visit,
} from '@parley/proto/rest';
import {
  DEFAULT_ROOM_SETTINGS,
  actKindSchema,
  identitySchema,
  roleSchema,
  type Identity,
  type Role,
} from '@parley/proto/room';
import {
  fromSettingsMessage,
  toCallerMessage,
  toSettingsChangeMessage,
  type room,
} from '@parley/proto/room-rpc';
import type { GoodbyeWish, JoinGrant, JoinWish, LiveRoom, OnBehalf, Rooms, RoomWish } from './rooms.ts';
import type { SignalingInstances } from './signaling-instances.ts';

/** The rooms of signaling. A request whose answer was lost is repeated, which leaves at most an empty room or an unused token behind. */
export class SignalingRooms implements Rooms {
  readonly #signaling: SignalingInstances;

  constructor(signaling: SignalingInstances) {
    this.#signaling = signaling;
  }

  check(): Promise<void> {
    return this.#signaling.check();
  }

  async create(wish: RoomWish, { caller, traceId }: OnBehalf): Promise<RoomInfo> {
    const request = { ...wishMessage(wish), title: wish.title ?? '', caller: toCallerMessage(caller) };
    return toRoomInfo((await this.#signaling.call('createRoom', request, traceId)).room);
  }

  async get(code: RoomCode, { caller, traceId }: OnBehalf): Promise<RoomInfo> {
    const request = { code, caller: toCallerMessage(caller) };
    return toRoomInfo((await this.#signaling.call('getRoom', request, traceId)).room);
  }

  async list(
    before: string | undefined,
    { caller, traceId }: OnBehalf,
  ): Promise<{ rooms: RoomInfo[]; next: string | null }> {
    const request = { caller: toCallerMessage(caller), before: before ?? '' };
    const { rooms, next } = await this.#signaling.call('listRooms', request, traceId);
    return { rooms: rooms.map(toRoomInfo), next: next === '' ? null : next };
  }

  async change(code: RoomCode, wish: RoomWish, { caller, traceId }: OnBehalf): Promise<RoomInfo> {
    const request = { code, caller: toCallerMessage(caller), ...wishMessage(wish) };
    return toRoomInfo((await this.#signaling.call('changeRoom', request, traceId)).room);
  }

  async remove(code: RoomCode, { caller, traceId }: OnBehalf): Promise<void> {
    await this.#signaling.call('deleteRoom', { code, caller: toCallerMessage(caller) }, traceId);
  }

  async authorizeJoin(
    code: RoomCode,
    { displayName, passcode = '' }: JoinWish,
    { caller, traceId }: OnBehalf,
  ): Promise<JoinGrant> {
    const request = { code, displayName, passcode, traceId, caller: toCallerMessage(caller) };
    const { token, peerId, expiresAtMs, waits, role, elsewhere } = await this.#signaling.call(
      'authorizeJoin',
      request,
      traceId,
    );
    return {
      token,
      peerId: peerIdSchema.parse(peerId),
      expiresAt: expiresAtMs,
      waits,
      role: readRole(role),
      elsewhere,
    };
  }

  async sayGoodbye(code: RoomCode, goodbye: GoodbyeWish, traceId: TraceId): Promise<void> {
    await this.#signaling.call('sayGoodbye', { code, ...goodbye }, traceId);
  }

  async listBans(code: RoomCode, { caller, traceId }: OnBehalf): Promise<BanInfo[]> {
    const { bans } = await this.#signaling.call(
      'listBans',
      { code, caller: toCallerMessage(caller) },
      traceId,
    );
    return bans.map(({ banId, displayName, bannedBy, bannedAtMs, endsAtMs, isGuest }) => ({
      banId,
      displayName,
      bannedBy,
      bannedAt: bannedAtMs,
      endsAt: endsAtMs ?? null,
      isGuest,
    }));
  }

  async liftBan(code: RoomCode, banId: string, { caller, traceId }: OnBehalf): Promise<void> {
    await this.#signaling.call('unban', { code, banId, caller: toCallerMessage(caller) }, traceId);
  }

  async listCalls(
    code: RoomCode,
    before: number | undefined,
    { caller, traceId }: OnBehalf,
  ): Promise<{ calls: PastCall[]; more: boolean }> {
    const request = { code, caller: toCallerMessage(caller), beforeMs: before ?? 0 };
    const { calls, more } = await this.#signaling.call('listCalls', request, traceId);
    return { calls: calls.map(toPastCall), more };
  }

  async getCall(code: RoomCode, callId: string, { caller, traceId }: OnBehalf): Promise<CallDetails> {
    const request = { code, callId, caller: toCallerMessage(caller) };
    const { call, title, attendance, messages, acts, isCut } = await this.#signaling.call(
      'getCall',
      request,
      traceId,
    );
    return {
      call: toPastCall(present(call)),
      title,
      attendance: attendance.map(({ displayName, kind, joinedAtMs, leftAtMs }) => ({
        displayName,
        kind: kind === 'account' || kind === 'guest' ? kind : 'unknown',
        joinedAt: joinedAtMs,
        leftAt: leftAtMs ?? null,
      })),
      messages: messages.map(({ fromName, text, sentAtMs }) => ({ fromName, text, sentAt: sentAtMs })),
      acts: acts.map(toPastAct),
      isCut,
    };
  }

  async listVisits(
    before: number | undefined,
    { caller, traceId }: OnBehalf,
  ): Promise<{ visits: Visit[]; more: boolean }> {
    const request = { caller: toCallerMessage(caller), beforeMs: before ?? 0 };
    const { visits, more } = await this.#signaling.call('listVisits', request, traceId);
    return { visits: visits.map(toVisit), more };
  }

  async listLive(
    after: RoomCode | undefined,
    { caller, traceId }: OnBehalf,
  ): Promise<{ rooms: LiveRoom[]; more: boolean; total: number }> {
    const request = { caller: toCallerMessage(caller), after: after ?? '' };
    const { rooms, more, total } = await this.#signaling.call('listLiveRooms', request, traceId);
    return { rooms: rooms.map(toLiveRoom), more, total };
  }

  async endLive(code: RoomCode, { caller, traceId }: OnBehalf): Promise<void> {
    await this.#signaling.call('endLiveRoom', { code, caller: toCallerMessage(caller) }, traceId);
  }

  erase(identity: Identity, successor: Identity | undefined, traceId: TraceId): Promise<ErasureReport> {
    return this.#signaling.call('eraseIdentity', { identity, successor: successor ?? '' }, traceId);
  }
}

function wishMessage({ title, settings }: RoomWish) {
  return {
    ...(title !== undefined && { title }),
    ...(settings !== undefined && { settings: toSettingsChangeMessage(settings) }),
  };
}

function toRoomInfo(message: room.Room | null): RoomInfo {
  const { code, title, createdAtMs, peerCount, peerLimit, settings, role } = present(message);
  return {
    code: roomCodeSchema.parse(code),
    title,
    createdAt: createdAtMs,
    peerCount,
    peerLimit,
    settings: settings === null ? DEFAULT_ROOM_SETTINGS : fromSettingsMessage(settings),
    role: readRole(role),
  };
}

function toPastCall({ callId, startedAtMs, endedAtMs, entries }: room.PastCall): PastCall {
  return { callId, startedAt: startedAtMs, endedAt: endedAtMs ?? null, entries };
}

function toPastAct({ kind, byName, toName, detail, doneAtMs }: room.PastAct): PastAct {
  return {
    kind: actKindSchema.parse(kind),
    byName: byName ?? null,
    toName: toName ?? null,
    detail,
    doneAt: doneAtMs,
  };
}

function toVisit({ code, title, displayName, joinedAtMs, leftAtMs }: room.Visit): Visit {
  return {
    code: roomCodeSchema.parse(code),
    title,
    displayName,
    joinedAt: joinedAtMs,
    leftAt: leftAtMs ?? null,
  };
}

function toLiveRoom({ code, title, peerCount, sinceMs, owner, mediaNodeIds }: room.LiveRoom): LiveRoom {
  return {
    code: roomCodeSchema.parse(code),
    title,
    peerCount,
    since: sinceMs,
    owner: owner === '' ? null : identitySchema.parse(owner),
    mediaNodeIds,
  };
}

/** An instance of an older version names no role. */
function readRole(role: string): Role {
  return role === '' ? 'participant' : roleSchema.parse(role);
}

function present<T>(message: T | null): T {
  if (message === null)
    throw new ParleyError('internal', undefined, { cause: new Error('signaling left out a part') });
  return message;
}
