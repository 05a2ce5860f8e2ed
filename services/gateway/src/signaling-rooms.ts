import {
  DEFAULT_ROOM_SETTINGS,
  ParleyError,
  peerIdSchema,
  roleSchema,
  roomCodeSchema,
  type BanInfo,
  type CallDetails,
  type ErasureReport,
  type Identity,
  type PastCall,
  type Role,
  type RoomCode,
  type RoomInfo,
  type TraceId,
  type Visit,
} from '@parley/proto';
import { fromSettingsMessage, toCallerMessage, toSettingsChangeMessage, type room } from '@parley/proto/grpc';
import type { JoinGrant, JoinWish, OnBehalf, Rooms, RoomWish } from './rooms.ts';
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
    const { token, peerId, expiresAtMs, waits, role } = await this.#signaling.call(
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
    };
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
    const { call, title, attendance, messages, isCut } = await this.#signaling.call(
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

function toVisit({ code, title, displayName, joinedAtMs, leftAtMs }: room.Visit): Visit {
  return {
    code: roomCodeSchema.parse(code),
    title,
    displayName,
    joinedAt: joinedAtMs,
    leftAt: leftAtMs ?? null,
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
