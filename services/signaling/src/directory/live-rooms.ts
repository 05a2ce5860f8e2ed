import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { roomCodeSchema, type RoomCode } from '@parley/proto/ids';
import { LIVE_ROOMS_PAGE_MAX } from '@parley/proto/rest';
import type { Caller, Identity } from '@parley/proto/room';
import type { ActLog } from '../database/act-log.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { CallEnd } from './call-end.ts';

export type ListedLiveRoom = {
  code: RoomCode;
  title: string;
  peerCount: number;
  /** When the call began, in milliseconds since the epoch. */
  since: number;
  /** null: nobody owns it, or it is not known now. */
  owner: Identity | null;
  /** The media nodes that carry the call. */
  mediaNodeIds: string[];
};

export type LiveRoomPage = { rooms: ListedLiveRoom[]; more: boolean; total: number };

type LiveRoomsOptions = { store: LiveRoomStore; callEnd: CallEnd; acts: ActLog; logger: Logger };

/** The rooms with people in them, for the operators of the server. The arguments are unchecked input. */
export class LiveRooms {
  readonly #options: LiveRoomsOptions;

  constructor(options: LiveRoomsOptions) {
    this.#options = options;
  }

  /** In the order of their codes. Rejects with `not_found` for everybody but operators. `after`: the last code of the page before. */
  async list(after: string, caller: Caller): Promise<LiveRoomPage> {
    assertOperator(caller);
    const { store } = this.#options;
    const codes = (await store.listCodes()).toSorted();
    const rest = after === '' ? codes : codes.filter((code) => code > readCode(after));
    const found = await Promise.all(
      rest.slice(0, LIVE_ROOMS_PAGE_MAX).map((code) => store.look(code, { identity: null })),
    );
    const rooms = found
      // Those that ended meanwhile.
      .filter((live) => live !== undefined)
      .map(({ record, peerCount, since, access, nodes }) => ({
        code: record.code,
        title: record.title,
        peerCount,
        since,
        owner: access?.owner ?? null,
        mediaNodeIds: [...nodes]
          .filter(([, peers]) => peers > 0)
          .map(([id]) => id)
          .toSorted(),
      }));
    return { rooms, more: rest.length > LIVE_ROOMS_PAGE_MAX, total: codes.length };
  }

  /** Does nothing where no call runs. Rejects with `not_found` for everybody but operators. */
  async end(code: string, caller: Caller): Promise<void> {
    assertOperator(caller);
    const { callEnd, acts, store, logger } = this.#options;
    const roomCode = readCode(code);
    const doneAt = store.now();
    if (!(await callEnd.end(roomCode, 'ended-by-operator'))) return;
    acts.add({ code: roomCode, kind: 'call-ended', by: null, to: null, detail: null, doneAt });
    logger.info({ roomCode, by: caller.identity }, 'call ended by an operator');
  }
}

function assertOperator({ isOperator }: Caller): void {
  if (!isOperator) throw new ParleyError('not_found');
}

function readCode(code: string): RoomCode {
  const parsed = roomCodeSchema.safeParse(code);
  if (!parsed.success) throw new ParleyError('invalid_room_code');
  return parsed.data;
}
