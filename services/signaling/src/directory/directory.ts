import { randomBytes } from 'node:crypto';
import {
  browserIdentity,
  displayNameSchema,
  isGuest,
  leads,
  ParleyError,
  roomCodeSchema,
  ROOM_ROUTES,
  ROOMS_PAGE_MAX,
  type BanInfo,
  type Caller,
  type Identity,
  type Role,
  type RoomCode,
  type RoomInfo,
  type TraceId,
} from '@parley/proto';
import type { Settings } from '../config.ts';
import type { NewRoom, RoomRepository, RoomRow } from '../database/room-repository.ts';
import type { LiveRoom, LiveRoomStore, RoomAccess, RoomChange } from '../store/live-room-store.ts';
import { decideAtDoor, isBanned, placesFor, roleAtDoor, type AtDoor } from './door-decision.ts';
import type { JoinTokens } from './join-tokens.ts';
import type { PasscodeAttempts } from './passcode-attempts.ts';
import { hashPasscode, isPasscode } from './passcodes.ts';
import { newRoomCode } from './room-code.ts';
import type { RoomKeeper, RoomWish } from './room-keeper.ts';

const CODE_ATTEMPTS = 3;

type DirectoryOptions = {
  settings: Settings;
  rooms: RoomRepository;
  keeper: RoomKeeper;
  store: LiveRoomStore;
  tokens: JoinTokens;
  attempts: PasscodeAttempts;
  now?: () => number;
};

export type JoinWish = { displayName: string; passcode: string | null; trace: TraceId };
type Found = RoomChange & { live: LiveRoom | undefined };

/** Creates rooms, looks them up, changes them and authorises joins. The arguments are unchecked input. */
export class Directory {
  readonly #options: DirectoryOptions;
  readonly #now: () => number;

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** The room belongs to the caller. Rejects with `too_many` if the caller, or the network of a guest, has enough. */
  async create(wish: RoomWish, caller: Caller): Promise<RoomInfo> {
    const { title = '', settings: { passcode, ...settings } = {} } = readWish(wish);
    await this.#assertFewRooms(caller);
    const passcodeHash = typeof passcode === 'string' ? await hashPasscode(passcode) : null;
    const createdFrom = caller.addressHash === '' ? null : caller.addressHash;
    const row = await this.#insert({ title, owner: caller.identity, settings, passcodeHash, createdFrom });
    return this.#infoOf(row, caller);
  }

  /** Finds a live room without PostgreSQL, so that people can join a call while PostgreSQL is away. */
  async get(code: string, caller: Caller): Promise<RoomInfo> {
    const roomCode = readCode(code);
    return this.#describe(await this.#find(roomCode), caller);
  }

  /** The rooms of the caller, the newest first. `before`: what an earlier page named as its `next`. */
  async list(caller: Caller, before: string | null): Promise<{ rooms: RoomInfo[]; next: string | null }> {
    if (caller.identity === null) throw new ParleyError('unauthenticated');
    const { rooms, next } = await this.#options.rooms.list(caller.identity, before, ROOMS_PAGE_MAX);
    return { rooms: await Promise.all(rooms.map((row) => this.#infoOf(row, caller))), next };
  }

  /** Rejects with `room_not_found` for everybody who does not lead the room. */
  async change(code: string, wish: RoomWish, caller: Caller): Promise<RoomInfo> {
    const roomCode = await this.assertLeads(code, caller);
    return this.#infoOf(await this.#options.keeper.change(roomCode, readWish(wish)), caller);
  }

  async listBans(code: string, caller: Caller): Promise<BanInfo[]> {
    return this.#options.keeper.listBans(await this.assertLeads(code, caller));
  }

  async liftBan(code: string, banId: string, caller: Caller): Promise<void> {
    await this.#options.keeper.liftBan(await this.assertLeads(code, caller), banId);
  }

  /** Decides at the door; the join itself checks the places again. Rejects with what the door answers. */
  async authorizeJoin(code: string, { displayName, passcode, trace }: JoinWish, caller: Caller) {
    const name = displayNameSchema.safeParse(displayName);
    if (!name.success) throw new ParleyError('invalid_request', 'The display name is not valid.');
    const room = await this.#find(readCode(code));
    const identity = caller.identity ?? newGuest();
    const role = roleAtDoor(identity, room.access.owner, room.live?.peers ?? []);
    const person = { ...caller, identity, role };
    const { waits } = await this.#passDoor(room, person, passcode);
    const token = await this.#options.tokens.issue({
      room: room.record.code,
      name: name.data,
      identity,
      role,
      waits,
      addressHash: caller.addressHash,
      trace,
    });
    return { ...token, waits, role };
  }

  /** Resolves with the code if the caller is owner or host of the room. Others may not know more than that there is such a room. */
  async assertLeads(code: string, caller: Caller): Promise<RoomCode> {
    const room = await this.#find(readCode(code));
    if (!leads(roleIn(room, caller))) throw new ParleyError('room_not_found');
    return room.record.code;
  }

  /** The same for the owner alone. */
  async assertOwns(code: string, caller: Caller): Promise<RoomCode> {
    const room = await this.#find(readCode(code));
    if (roleIn(room, caller) !== 'owner') throw new ParleyError('room_not_found');
    return room.record.code;
  }

  async #passDoor(
    { record, access, live }: Found,
    { identity, role, addressHash }: { identity: Identity; role: Role; addressHash: string },
    passcode: string | null,
  ): Promise<{ waits: boolean }> {
    const guest = isGuest(identity);
    const now = this.#now();
    const atDoor: AtDoor = {
      role,
      isGuest: guest,
      isBanned: isBanned(access.bans, { identity, isGuest: guest, addressHash }, now),
      settings: record.settings,
      peerCount: live?.peers.length ?? 0,
      peerLimit: this.#options.settings.peerLimit,
      now,
      passcode: passcode === null ? 'none' : 'unchecked',
    };
    const first = decideAtDoor(atDoor);
    const decision =
      first.kind === 'check-passcode'
        ? decideAtDoor({ ...atDoor, passcode: await this.#try(record.code, addressHash, passcode, access) })
        : first;
    if (decision.kind === 'in') return decision;
    if (decision.kind === 'check-passcode') throw new ParleyError('internal');
    const opensIn = (record.settings.opensAt ?? now) - now;
    const wait = decision.code === 'room_not_open' ? { retryAfterMs: opensIn } : {};
    throw new ParleyError(decision.code, undefined, wait);
  }

  /** Rejects with `rate_limited`. */
  async #try(
    code: RoomCode,
    network: string,
    passcode: string | null,
    { passcodeHash }: RoomAccess,
  ): Promise<'right' | 'wrong'> {
    const isRight = async () => passcodeHash !== null && (await isPasscode(passcode ?? '', passcodeHash));
    return (await this.#options.attempts.try(code, network, isRight)) ? 'right' : 'wrong';
  }

  async #find(code: RoomCode): Promise<Found> {
    const { store, keeper } = this.#options;
    const live = await store.find(code);
    if (live?.access !== undefined) return { record: live.record, access: live.access, live };
    return { ...(await keeper.read(code)), live };
  }

  async #infoOf(
    { code, title, createdAt, settings, revision, owner, passcodeHash }: RoomRow,
    caller: Caller,
  ) {
    const live = await this.#options.store.find(code);
    const record = { code, version: revision, title, createdAt, settings };
    return this.#describe({ record, access: { owner, passcodeHash, bans: [] }, live }, caller);
  }

  #describe(room: Found, caller: Caller): RoomInfo {
    const { code, title, createdAt, settings } = room.record;
    const { peerLimit } = this.#options.settings;
    return {
      code,
      title,
      createdAt,
      peerCount: room.live?.peers.length ?? 0,
      peerLimit: placesFor('participant', settings, peerLimit),
      settings,
      role: roleIn(room, caller),
    };
  }

  async #assertFewRooms({ identity, addressHash }: Caller): Promise<void> {
    if (identity === null) return;
    const { roomsPerOwner, guestRoomsPerAddress } = this.#options.settings;
    const { owned, fromNetwork } = await this.#options.rooms.count(identity, addressHash);
    if (owned >= roomsPerOwner || (isGuest(identity) && fromNetwork >= guestRoomsPerAddress))
      throw new ParleyError('too_many');
  }

  async #insert(room: Omit<NewRoom, 'code'>, attemptsLeft = CODE_ATTEMPTS): Promise<RoomRow> {
    try {
      return await this.#options.rooms.insert({ ...room, code: newRoomCode() });
    } catch (error) {
      const isTaken = error instanceof ParleyError && error.code === 'conflict';
      if (!isTaken || attemptsLeft <= 1) throw error;
      return this.#insert(room, attemptsLeft - 1);
    }
  }
}

function roleIn({ access, live }: Found, { identity }: Caller): Role {
  return roleAtDoor(identity, access.owner, live?.peers ?? []);
}

/** Settings were parsed when the message was read. */
function readWish({ title, settings }: RoomWish): RoomWish {
  const parsed = ROOM_ROUTES.changeRoom.body.shape.title.safeParse(title);
  if (!parsed.success || title?.includes('\0') === true)
    throw new ParleyError('invalid_request', 'The title is not valid.');
  return { title: parsed.data, settings };
}

/** For somebody whom the gateway could give no id: an identity that lives as long as the peer. */
function newGuest(): Identity {
  return browserIdentity(randomBytes(16).toString('base64url'));
}

function readCode(code: string): RoomCode {
  const parsed = roomCodeSchema.safeParse(code);
  if (!parsed.success) throw new ParleyError('invalid_room_code');
  return parsed.data;
}
