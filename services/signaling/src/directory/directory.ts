import { randomBytes } from 'node:crypto';
import { ParleyError } from '@parley/proto/errors';
import { roomCodeSchema, type RoomCode, type TraceId } from '@parley/proto/ids';
import { ROOM_ROUTES, ROOMS_PAGE_MAX, type BanInfo, type RoomInfo } from '@parley/proto/rest';
import { browserIdentity, isGuest, leads, type Caller, type Identity, type Role } from '@parley/proto/room';
import { displayNameSchema } from '@parley/proto/text';
import type { Settings } from '../config.ts';
import type { NewRoom, RoomRepository, RoomRow } from '../database/room-repository.ts';
import type { LiveRoomStore, RoomAccess, RoomChange, RoomView } from '../store/live-room-store.ts';
import { decideAtDoor, isBanned, placesFor, refusalError, roleAtDoor, type AtDoor } from './door-decision.ts';
import type { JoinTokens } from './join-tokens.ts';
import type { PasscodeAttempts } from './passcode-attempts.ts';
import { hashPasscode, isPasscode, passcodeMark } from './passcodes.ts';
import { newRoomCode } from './room-code.ts';
import { toAccess, type RoomKeeper, type RoomWish } from './room-keeper.ts';

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
type PersonAtDoor = { identity: Identity; role: Role; addressHash: string; isPresent: boolean };
type Found = RoomChange & { live: RoomView | undefined };

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
    return this.#describe(await this.#find(roomCode, caller.identity), caller);
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
    const identity = caller.identity ?? newGuest();
    const room = await this.#find(readCode(code), identity);
    const own = room.live?.own ?? [];
    const role = roleIn(room, identity);
    const person = { ...caller, identity, role, isPresent: own.length > 0 };
    const { waits, passcode: given } = await this.#passDoor(room, person, passcode);
    const token = await this.#options.tokens.issue({
      room: room.record.code,
      name: name.data,
      identity,
      role,
      waits,
      passcode: given,
      addressHash: caller.addressHash,
      trace,
    });
    // A peer whose socket is lost may be the same page before it was loaded again.
    return { ...token, waits, role, elsewhere: own.some(({ expiresAt }) => expiresAt === null) };
  }

  /** Resolves with the code if the caller is owner or host of the room. Others may not know more than that there is such a room. */
  async assertLeads(code: string, caller: Caller): Promise<RoomCode> {
    const room = await this.#find(readCode(code), caller.identity);
    if (!leads(roleIn(room, caller.identity))) throw new ParleyError('room_not_found');
    return room.record.code;
  }

  /** The same for the owner alone. */
  async assertOwns(code: string, caller: Caller): Promise<RoomCode> {
    const room = await this.#find(readCode(code), caller.identity);
    if (roleIn(room, caller.identity) !== 'owner') throw new ParleyError('room_not_found');
    return room.record.code;
  }

  async #passDoor(
    { record, access, live }: Found,
    { identity, role, addressHash, isPresent }: PersonAtDoor,
    passcode: string | null,
  ): Promise<{ waits: boolean; passcode: string | null }> {
    const guest = isGuest(identity);
    const now = this.#now();
    const atDoor: AtDoor = {
      role,
      isPresent,
      isGuest: guest,
      isBanned: isBanned(access.bans, { identity, isGuest: guest, addressHash }, now),
      settings: record.settings,
      peerCount: live?.peerCount ?? 0,
      peerLimit: this.#options.settings.peerLimit,
      now,
      passcode: passcode === null ? 'none' : 'unchecked',
    };
    const first = decideAtDoor(atDoor);
    const isChecked = first.kind === 'check-passcode';
    const decision = isChecked
      ? decideAtDoor({ ...atDoor, passcode: await this.#try(record.code, addressHash, passcode, access) })
      : first;
    const { passcodeHash } = access;
    if (decision.kind === 'in')
      return {
        waits: decision.waits,
        passcode: isChecked && passcodeHash !== null ? passcodeMark(passcodeHash) : null,
      };
    if (decision.kind === 'check-passcode') throw new ParleyError('internal');
    throw refusalError(decision.code, record.settings, now);
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

  /** With the peers of this person. */
  async #find(code: RoomCode, identity: Identity | null): Promise<Found> {
    const { store, keeper } = this.#options;
    const live = await store.look(code, { identity });
    if (live?.access !== undefined) return { record: live.record, access: live.access, live };
    return { ...(await keeper.read(code)), live };
  }

  async #infoOf(row: RoomRow, caller: Caller) {
    const { code, title, createdAt, settings, revision } = row;
    const live = await this.#options.store.look(code, { identity: caller.identity });
    const record = { code, version: revision, title, createdAt, settings };
    return this.#describe({ record, access: toAccess(row), live }, caller);
  }

  #describe(room: Found, caller: Caller): RoomInfo {
    const { code, title, createdAt, settings } = room.record;
    const { peerLimit } = this.#options.settings;
    const role = roleIn(room, caller.identity);
    const { namesBeforeJoin = false } = room.access;
    return {
      code,
      title,
      createdAt,
      peerCount: room.live?.peerCount ?? 0,
      peerLimit: placesFor('participant', settings, peerLimit),
      // Nobody else may change it.
      settings: leads(role) && namesBeforeJoin ? { ...settings, namesBeforeJoin } : settings,
      role,
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

function roleIn({ access, live }: Found, identity: Identity | null): Role {
  return roleAtDoor(identity, access.owner, live && { roles: live.roles, peers: live.own });
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
