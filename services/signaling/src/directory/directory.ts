import {
  displayNameSchema,
  ParleyError,
  roomCodeSchema,
  ROUTES,
  type Permission,
  type RoomCode,
  type TraceId,
} from '@parley/proto';
import type { JoinTokens } from './join-tokens.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { RoomRepository, RoomRow } from '../database/room-repository.ts';
import { newRoomCode } from './room-code.ts';

const CODE_ATTEMPTS = 3;

/** What a guest may do. Roles come with accounts. */
const GUEST_PERMISSIONS: readonly Permission[] = [
  'publish:microphone',
  'publish:camera',
  'publish:screen',
  'chat',
  'react',
  'raise-hand',
  'rename',
];

export type RoomInfo = RoomRow & { peerCount: number; peerLimit: number };

type DirectoryOptions = {
  repository: RoomRepository;
  store: LiveRoomStore;
  tokens: JoinTokens;
  peerLimit: number;
};

/** Rooms before anybody joins them: making, looking, asking to be let in. Arguments are what a stranger sent. */
export class Directory {
  readonly #repository: RoomRepository;
  readonly #store: LiveRoomStore;
  readonly #tokens: JoinTokens;
  readonly #peerLimit: number;

  constructor(options: DirectoryOptions) {
    this.#repository = options.repository;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#peerLimit = options.peerLimit;
  }

  async create(title: string): Promise<RoomInfo> {
    const body = ROUTES.createRoom.body.safeParse({ title });
    if (!body.success || title.includes('\0'))
      throw new ParleyError('invalid_request', 'The title is not valid.');
    const room = await this.#insert(body.data.title ?? '');
    return { ...room, peerCount: 0, peerLimit: this.#peerLimit };
  }

  /** A room with somebody in it is found without PostgreSQL, so that a call goes on taking people while that is away. */
  async get(code: string): Promise<RoomInfo> {
    const roomCode = readCode(code);
    const live = await this.#store.find(roomCode);
    const { title, createdAt } = live?.record ?? (await this.#find(roomCode));
    return {
      code: roomCode,
      title,
      createdAt,
      peerCount: live?.peers.length ?? 0,
      peerLimit: this.#peerLimit,
    };
  }

  /** The join itself checks the limit again; this spares the person the way there. */
  async authorizeJoin(code: string, displayName: string, trace: TraceId) {
    const name = displayNameSchema.safeParse(displayName);
    if (!name.success) throw new ParleyError('invalid_request', 'The display name is not valid.');
    const room = await this.get(code);
    if (room.peerCount >= room.peerLimit) throw new ParleyError('room_full');
    return this.#tokens.issue({ room: room.code, name: name.data, permissions: GUEST_PERMISSIONS, trace });
  }

  async #find(code: RoomCode): Promise<RoomRow> {
    const room = await this.#repository.find(code);
    if (room === undefined) throw new ParleyError('room_not_found');
    return room;
  }

  async #insert(title: string, attemptsLeft = CODE_ATTEMPTS): Promise<RoomRow> {
    try {
      return await this.#repository.insert(newRoomCode(), title);
    } catch (error) {
      const isTaken = error instanceof ParleyError && error.code === 'conflict';
      if (!isTaken || attemptsLeft <= 1) throw error;
      return this.#insert(title, attemptsLeft - 1);
    }
  }
}

function readCode(code: string): RoomCode {
  const parsed = roomCodeSchema.safeParse(code);
  if (!parsed.success) throw new ParleyError('invalid_room_code');
  return parsed.data;
}
