import { randomBytes } from 'node:crypto';
import {
  browserIdentity,
  displayNameSchema,
  ParleyError,
  roomCodeSchema,
  ROUTES,
  type Caller,
  type Identity,
  type Role,
  type RoomCode,
  type RoomInfo,
  type TraceId,
} from '@parley/proto';
import type { Settings } from '../config.ts';
import type { RoomRepository, RoomRow } from '../database/room-repository.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { JoinTokens } from './join-tokens.ts';
import { newRoomCode } from './room-code.ts';

const CODE_ATTEMPTS = 3;

type DirectoryOptions = {
  settings: Settings;
  rooms: RoomRepository;
  store: LiveRoomStore;
  tokens: JoinTokens;
};

/** Creates rooms, looks them up and authorises joins. The arguments are unchecked input. */
export class Directory {
  readonly #options: DirectoryOptions;

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** The room belongs to the caller. */
  async create(title: string, caller: Caller): Promise<RoomInfo> {
    const body = ROUTES.createRoom.body.safeParse({ title });
    if (!body.success || title.includes('\0'))
      throw new ParleyError('invalid_request', 'The title is not valid.');
    const { code, title: stored, createdAt } = await this.#insert(body.data.title ?? '', caller.identity);
    return { code, title: stored, createdAt, peerCount: 0, peerLimit: this.#options.settings.peerLimit };
  }

  /** Finds a live room without PostgreSQL, so that people can join a call while PostgreSQL is away. */
  async get(code: string): Promise<RoomInfo> {
    const roomCode = readCode(code);
    const live = await this.#options.store.find(roomCode);
    const { title, createdAt } = live?.record ?? (await this.#find(roomCode));
    return {
      code: roomCode,
      title,
      createdAt,
      peerCount: live?.peers.length ?? 0,
      peerLimit: this.#options.settings.peerLimit,
    };
  }

  /** Refuses a full room early. The join itself checks the limit again. */
  async authorizeJoin(
    code: string,
    displayName: string,
    { caller, trace }: { caller: Caller; trace: TraceId },
  ) {
    const name = displayNameSchema.safeParse(displayName);
    if (!name.success) throw new ParleyError('invalid_request', 'The display name is not valid.');
    const room = await this.get(code);
    if (room.peerCount >= room.peerLimit) throw new ParleyError('room_full');
    const identity = caller.identity ?? newGuest();
    return this.#options.tokens.issue({
      room: room.code,
      name: name.data,
      identity,
      role: await this.#roleOf(room.code, identity),
      waits: false,
      addressHash: caller.addressHash,
      trace,
    });
  }

  /** While PostgreSQL is away the owner comes in as everybody else does. */
  async #roleOf(code: RoomCode, identity: Identity): Promise<Role> {
    const room = await this.#options.rooms.find(code).catch((error: unknown) => {
      if (error instanceof ParleyError && error.code === 'unavailable') return undefined;
      throw error;
    });
    return room?.owner === identity ? 'owner' : 'participant';
  }

  async #find(code: RoomCode): Promise<RoomRow> {
    const room = await this.#options.rooms.find(code);
    if (room === undefined) throw new ParleyError('room_not_found');
    return room;
  }

  async #insert(title: string, owner: Identity | null, attemptsLeft = CODE_ATTEMPTS): Promise<RoomRow> {
    try {
      return await this.#options.rooms.insert({
        code: newRoomCode(),
        title,
        owner,
        settings: {},
        passcodeHash: null,
      });
    } catch (error) {
      const isTaken = error instanceof ParleyError && error.code === 'conflict';
      if (!isTaken || attemptsLeft <= 1) throw error;
      return this.#insert(title, owner, attemptsLeft - 1);
    }
  }
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
